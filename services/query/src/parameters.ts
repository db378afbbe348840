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
