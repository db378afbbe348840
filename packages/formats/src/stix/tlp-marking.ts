import type { Tlp } from '@samenhang/domain';
import { type JsonObject, member, objectOf, objectsOf, textOf, textsOf } from '../json/json-value.ts';
import type { StixObject } from './stix-object.ts';

/** The marking definitions of TLP 2.0 (STIX 2.1 extension 60a3c5c5), which export uses. */
export const tlpMarkingIds = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
} as const satisfies Record<Tlp, string>;

/** Both editions of TLP by identifier: TLP 1 as STIX 2.1 section 7.2.1.4 fixes them, TLP 2.0 as above. */
const tlpById: ReadonlyMap<string, Tlp> = new Map<string, Tlp>([
  ['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9', 'clear'],
  ['marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da', 'green'],
  ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82', 'amber'],
  ['marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed', 'red'],
  [tlpMarkingIds.clear, 'clear'],
  [tlpMarkingIds.green, 'green'],
  [tlpMarkingIds.amber, 'amber'],
  [tlpMarkingIds['amber+strict'], 'amber+strict'],
  [tlpMarkingIds.red, 'red'],
]);

const words: ReadonlyMap<string, Tlp> = new Map<string, Tlp>([
  ['white', 'clear'],
  ['clear', 'clear'],
  ['green', 'green'],
  ['amber', 'amber'],
  ['amber+strict', 'amber+strict'],
  ['amber-strict', 'amber+strict'],
  ['amber strict', 'amber+strict'],
  ['red', 'red'],
]);

/** The TLP level that a word means (`TLP:AMBER+STRICT`, `white`); undefined when it means none. */
export const tlpOfWord = (text: string): Tlp | undefined =>
  words.get(
    text
      .trim()
      .toLowerCase()
      .replace(/^tlp[:\s_-]/, '')
      .trim()
      .replaceAll('_', '-'),
  );

/** What one marking reference means: a level, nothing about sharing (a statement), or unknown (its definition is not there). */
export type MarkingMeaning = Tlp | 'no-tlp' | 'unknown';

/** The meaning of a marking by its identifier, or by its definition in the same bundle. */
export function meaningOfMarking(id: string, definition: StixObject | undefined): MarkingMeaning {
  const known = tlpById.get(id);
  if (known !== undefined) return known;
  if (definition === undefined) return 'unknown';
  const { value } = definition;
  const old = objectOf(value, 'definition');
  const extension = Object.values(objectOf(value, 'extensions') ?? {});
  const named = [
    old === undefined ? undefined : textOf(old, 'tlp'),
    ...extension.map((item) => tlpOfExtension(item)),
    textOf(value, 'name'),
  ];
  for (const name of named) {
    const level = name === undefined ? undefined : tlpOfWord(name);
    if (level !== undefined) return level;
  }
  return 'no-tlp';
}

function tlpOfExtension(extension: unknown): string | undefined {
  if (typeof extension !== 'object' || extension === null || !('tlp_2_0' in extension)) return undefined;
  return typeof extension.tlp_2_0 === 'string' ? extension.tlp_2_0 : undefined;
}

/** Every marking an object refers to, for the whole of it or for parts (granular markings). */
export function markingRefs(value: JsonObject): readonly string[] {
  const granular = objectsOf(value, 'granular_markings').flatMap((marking) => {
    const ref = member(marking, 'marking_ref');
    return typeof ref === 'string' ? [ref] : [];
  });
  return [...textsOf(value, 'object_marking_refs'), ...granular];
}
