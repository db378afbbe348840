import { startMsOf } from '../drafting/time-text.ts';
import { isObject, type JsonObject, member, textOf } from '../json/json-value.ts';
import type { LocatedValue } from '../native/read-signals.ts';
import type { Remark } from '../parsed-file.ts';

/** One object of a bundle with where it stands. */
export interface StixObject {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly value: JsonObject;
}

const idShape = /^[a-z0-9][a-z0-9-]{0,99}--[0-9A-Za-z-]{1,100}$/;

/** True for a string that is a STIX identifier (`type--uuid`). */
export const isStixId = (text: unknown): text is string => typeof text === 'string' && text.length <= 210 && idShape.test(text);

/** True for an object with a STIX type and identifier. */
export const looksLikeStixObject = (value: unknown): boolean =>
  isObject(value) && typeof member(value, 'type') === 'string' && isStixId(member(value, 'id'));

/** When the object was last changed, or made; milliseconds since 1970. */
export const versionMs = ({ value }: StixObject): number => startMsOf(textOf(value, 'modified') ?? textOf(value, 'created')) ?? 0;

/** The usable objects by id, newest version of each; everything else is remarked on. */
export function indexObjects(items: readonly LocatedValue[]): {
  readonly objects: ReadonlyMap<string, StixObject>;
  readonly dropped: readonly Remark[];
} {
  const objects = new Map<string, StixObject>();
  const dropped: Remark[] = [];
  for (const { at, value } of items) {
    const object = asStixObject(at, value);
    if ('reason' in object) {
      dropped.push(object);
      continue;
    }
    const other = objects.get(object.id);
    const older = other === undefined ? undefined : versionMs(object) > versionMs(other) ? other : object;
    if (older !== object) objects.set(object.id, object);
    if (older !== undefined) dropped.push({ at: older.at, reason: `${older.id} is in the file twice; the newest version was read` });
  }
  return { objects, dropped };
}

function asStixObject(at: string, value: unknown): StixObject | Remark {
  if (!isObject(value)) return { at, reason: 'not an object' };
  const type = member(value, 'type');
  const id = member(value, 'id');
  if (typeof type !== 'string' || type === '') return { at, reason: 'an object without a type' };
  if (!isStixId(id)) return { at, reason: `a ${type.slice(0, 60)} without a valid identifier` };
  if (!id.startsWith(`${type}--`)) return { at: `${at} ${id}`, reason: `the identifier does not fit the type ${type.slice(0, 60)}` };
  return { id, type, at: `${at} ${id}`, value };
}
