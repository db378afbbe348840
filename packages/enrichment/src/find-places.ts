import { readFileSync } from 'node:fs';
import type { Mention } from '@samenhang/domain';

let known: ReadonlySet<string> | undefined;

/** Folded names of towns of some size and of countries, as `build-gazetteer.ts` wrote them. Read at first use. */
function gazetteer(): ReadonlySet<string> {
  known ??= new Set(readFileSync(new URL('../data/places.txt', import.meta.url), 'utf8').split('\n'));
  return known;
}

/**
 * Tells the places among names: a name of the gazetteer, or of a place that was posted with the report, becomes a mention of kind `place`; of a two-word place the single
 * words are no names any more.
 */
export function placesAmong(names: readonly Mention[], posted: ReadonlySet<string>): readonly Mention[] {
  const places = gazetteer();
  const isPlace = (value: string): boolean => places.has(value) || posted.has(value);
  const wide = names.filter(({ kind, value }) => kind === 'name-pair' && isPlace(value));
  const inside = ({ start, end }: Mention): boolean => wide.some((place) => place.start <= start && end <= place.end);
  return names.flatMap((name) => {
    if (isPlace(name.value)) return [{ ...name, kind: 'place' as const }];
    return name.kind === 'name' && inside(name) ? [] : [name];
  });
}
