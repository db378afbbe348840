import { Marking, Place, reliabilities, SourceType } from '@samenhang/domain';
import { z } from 'zod';

const column = z.string().min(1).max(200);
const columns = z.union([column, z.array(column).max(20)]);

export const CsvMapping = z.strictObject({
  delimiter: z.string().min(1).max(2).optional(),
  encoding: z.string().max(40).optional(),
  source: z.string().min(1).max(200).optional(),
  sourceType: SourceType.optional(),
  marking: Marking.optional(),
  reliability: z.enum(reliabilities).optional(),
  /** Place of every row, completed by the columns below. */
  place: Place.optional(),
  columns: z.strictObject({
    externalId: column.optional(),
    revision: column.optional(),
    kind: column.optional(),
    /** Several columns are joined. */
    title: columns.optional(),
    text: columns.optional(),
    lang: column.optional(),
    observedAt: column.optional(),
    observedEnd: column.optional(),
    reportedAt: column.optional(),
    placeName: column.optional(),
    country: column.optional(),
    lat: column.optional(),
    lon: column.optional(),
    themes: column.optional(),
    sectors: column.optional(),
    targets: column.optional(),
    techniques: column.optional(),
    reliability: column.optional(),
    credibility: column.optional(),
    tlp: column.optional(),
    communities: column.optional(),
    exercise: column.optional(),
    urls: column.optional(),
  }),
  /** Columns that hold observables; a cell may hold several, parted by `separator`. */
  observables: z
    .array(z.strictObject({ column, type: z.string().min(1).max(64) }))
    .max(100)
    .default([]),
  separator: z.string().min(1).max(3).default(';'),
  /** How a date that is not ISO 8601 is written: `dmy` 31-12-2026, `mdy` 12/31/2026. */
  dates: z.enum(['iso', 'dmy', 'mdy']).default('iso'),
});
/** Which column of a partner's CSV is what; lives in a file beside the CSV. */
export type CsvMapping = z.infer<typeof CsvMapping>;
