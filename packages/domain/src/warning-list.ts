import { z } from 'zod';

const about = {
  name: z.string().min(1).max(500).optional(),
  description: z.string().max(10_000).optional(),
  category: z.string().max(200).optional(),
  version: z
    .int()
    .min(1)
    .max(99_999_999_999)
    .describe('Raised with every change: of two enrichments of one signal that of the higher versions counts.'),
  matching_attributes: z
    .array(z.string())
    .optional()
    .describe('The types MISP asks the list about; here a list is asked about every value that its type can match.'),
};

const Value = z
  .string()
  .max(2_048)
  .refine((value) => value.trim() !== '', { message: 'is empty' });
const Piece = Value.refine((value) => value.trim().length >= 3, {
  message: 'is shorter than three characters: it stands in nearly every value',
});
const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: 'is neither an address nor a network' });
const many = <T extends z.ZodType>(entry: T) => z.array(entry).max(2_000_000);

export const WarningList = z.discriminatedUnion('type', [
  z.strictObject({ ...about, type: z.literal('string'), list: many(Value).describe('Whole values.') }),
  z.strictObject({
    ...about,
    type: z.literal('hostname'),
    list: many(Value).describe('Hosts; every host below one counts, and the front page of either.'),
  }),
  z.strictObject({ ...about, type: z.literal('cidr'), list: many(Network).describe('Networks and addresses.') }),
  z.strictObject({ ...about, type: z.literal('substring'), list: z.array(Piece).max(1_000).describe('Pieces of values.') }),
]);
/** A list of values too common to mean anything, in the form of MISP's warning lists but for regular expressions. */
export type WarningList = z.infer<typeof WarningList>;
