import type { DatabaseSync } from 'node:sqlite';
import { type FacetKind, type FacetValue, facetKinds } from '@samenhang/ports';
import { prepareChange } from './open-database.ts';

/** Below the halves of surrogate pairs there is room for so many codes; the rest stand behind them. */
const belowSurrogates = 0xd7ff;
const surrogates = 0x800;
const mostCodes = 0x10ffff - surrogates;

/** The one character that stands for a value in the text of an incident's facets. */
const characterOf = (code: number): string => String.fromCodePoint(code <= belowSurrogates ? code : code + surrogates);

const codeOf = (point: number): number => (point <= belowSurrogates ? point : point - surrogates);

/** Gives every facet value its code within one transaction. */
export interface FacetCoder {
  /** One character per value, so that a million values are counted in one pass over a text. Beyond a million different values the new ones are not counted. */
  textOf(values: readonly FacetValue[]): string;
  /** Says that the transaction was kept, so that its codes may be remembered. */
  keep(): void;
}

/** Numbers the rows of `facet_values`; call it once per transaction. */
export function createFacetCodes(database: DatabaseSync): () => FacetCoder {
  const select = database.prepare('SELECT code FROM facet_values WHERE kind = ? AND value = ?');
  const insert = prepareChange(database, 'INSERT INTO facet_values (kind, value) VALUES (?, ?)');
  const remembered = new Map<string, number>();

  return () => {
    const seen = new Map<string, number>();
    const find = ({ kind, value }: FacetValue): number => {
      const key = `${kind}:${value}`;
      const known = remembered.get(key) ?? seen.get(key);
      if (known !== undefined) return known;
      const stored = select.get(kind, value)?.code;
      const code = Number(stored ?? insert.run(kind, value).lastInsertRowid);
      seen.set(key, code);
      return code;
    };
    return {
      textOf: (values) =>
        values
          .map(find)
          .filter((code) => code <= mostCodes)
          .map(characterOf)
          .join(''),
      keep() {
        for (const [key, code] of seen) remembered.set(key, code);
      },
    };
  };
}

/** Reads what the codes stand for; a code never changes its meaning, so each is looked up once. */
export function createFacetReader(database: DatabaseSync): (text: string) => ReadonlyMap<FacetValue, number> {
  const select = database.prepare('SELECT kind, value FROM facet_values WHERE code = ?');
  const known = new Map<number, FacetValue>();
  const standsFor = (code: number): FacetValue | undefined => {
    const value = known.get(code) ?? facetValue(select.get(code));
    if (value !== undefined) known.set(code, value);
    return value;
  };
  return (text) => {
    const found = new Map<FacetValue, number>();
    for (const [code, count] of countCodes(text)) {
      const value = standsFor(code);
      if (value !== undefined) found.set(value, count);
    }
    return found;
  };
}

function facetValue(row: Record<string, unknown> | undefined): FacetValue | undefined {
  const kind = facetKinds.find((each: FacetKind) => each === row?.kind);
  return kind === undefined ? undefined : { kind, value: String(row?.value) };
}

function countCodes(text: string): ReadonlyMap<number, number> {
  const counts = new Uint32Array(0x10000);
  const rare = new Map<number, number>();
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdfff) counts[unit] = (counts[unit] ?? 0) + 1;
    else {
      const point = text.codePointAt(at++) ?? 0;
      rare.set(codeOf(point), (rare.get(codeOf(point)) ?? 0) + 1);
    }
  }
  for (const [unit, count] of counts.entries()) if (count > 0) rare.set(codeOf(unit), count);
  return rare;
}
