import { parseTime } from '@samenhang/domain';
import { z } from 'zod';

/** A whole number in a query. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most));

/** How much of a list is asked for at once. */
export const pageSize = (usual: number, most: number) => wholeNumber(1, most).default(usual);

/** `true` or `false` in a query. */
export const yesOrNo = () => z.enum(['true', 'false']).transform((text) => text === 'true');

/** The id in an address. */
export const IdParameter = z.strictObject({ id: z.uuid() });

/** No query at all. */
export const NoQuery = z.strictObject({});

/** Digits alone are a position, never a year. */
export const isPosition = (text: string): boolean => /^\d{1,15}$/.test(text);

/** A position of an audience's log, or an instant, day or month. */
export const PositionOrTime = z
  .string()
  .max(40)
  .refine((text) => isPosition(text) || parseTime(text) !== undefined, { message: 'is neither a position nor an ISO 8601 time' });

/** As it was. */
export const AsOf = PositionOrTime.optional().describe(
  "As it was after this position of your audience's log, or at the end of this instant, day or month: its log up to there is run again, under today's rights and ruleset.",
);

/** A query of a document that can be read as it was. */
export const AsOfQuery = z.strictObject({ asOf: AsOf });
