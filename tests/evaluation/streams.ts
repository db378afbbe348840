import type { LabelledRecord } from './labelled.ts';
import { readLabelled, setName } from './labelled.ts';
import { dense, unseeded } from './variants.ts';

/** A stream of labelled records to be correlated by itself. */
export interface LabelledStream {
  readonly name: string;
  readonly records: readonly LabelledRecord[];
}

/** Sets that repeat rows of others, or are a stream of their own. */
const neverMixed = new Set(['crosssource', 'hybrid']);
export const denseSeed = 1;

/** One stream per file; then, of several files, all that may be mixed as one stream, the same dense, and the same without seeded overlaps. */
export function streamsOf(files: readonly string[]): readonly LabelledStream[] {
  const single = files.map((file) => ({ name: setName(file), records: readLabelled(file) }));
  const mixed = single.filter(({ name }) => !neverMixed.has(name)).flatMap(({ records }) => records);
  if (files.length < 2 || mixed.length === 0) return single;
  return [
    ...single,
    { name: 'MIXED', records: mixed },
    { name: 'MIXED-dense', records: dense(mixed, denseSeed) },
    { name: 'MIXED-unseeded', records: unseeded(mixed) },
  ];
}
