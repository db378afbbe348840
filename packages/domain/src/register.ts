import { z } from 'zod';
import { Slug } from './marking.ts';

const Name = z
  .string()
  .min(2)
  .max(200)
  .refine((name) => name.isWellFormed() && /[\p{L}\p{N}]/u.test(name), { message: 'holds no letter, or half a surrogate pair' });

export const registerKinds = ['interest', 'organisation', 'person', 'vessel', 'vital-object'] as const;

export const RegisterEntry = z.strictObject({
  id: Slug.describe('Names the entry for ever; signals point to it as `register:<id>`.'),
  kind: z.enum(registerKinds),
  name: Name.describe('The name in full, as it is written.'),
  aliases: z.array(Name).max(200).default([]).describe('Other names in any script: translations, abbreviations, former names.'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is not an ISO 3166-1 alpha-2 code')
    .optional(),
  sector: z.string().min(1).max(200).optional(),
  vitalProcess: z.string().min(1).max(200).optional().describe('The vital process that it is part of.'),
});
/** One interest, or one organisation, person, vessel or vital object that an interest hangs on. */
export type RegisterEntry = z.infer<typeof RegisterEntry>;

const unique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

export const Register = z.strictObject({
  version: z
    .int()
    .min(1)
    .max(999_999)
    .describe('Raised with every change: of two enrichments of one signal that of the higher version counts.'),
  entries: z
    .array(RegisterEntry)
    .max(100_000)
    .refine((entries) => unique(entries.map(({ id }) => id)), { message: 'names one id twice' }),
});
/** The register of interests: what is to be protected, with every name under which reports speak of it. */
export type Register = z.infer<typeof Register>;
