import { hash } from 'node:crypto';
import { canonicalJson } from '@samenhang/domain';
import { z } from 'zod';

const Bits = z.number().min(-50).max(50);

/** What a pair is judged as: two reports that share an observable; else two of at least some hundred letters; else the rest. */
export const pairClasses = ['indicator', 'note', 'report'] as const;
export type PairClass = (typeof pairClasses)[number];

export const SharedValueRule = z.strictObject({
  /** Sharing a value of an `indicator` kind makes the pair one of class indicator. */
  family: z.enum(['indicator', 'text']),
  /** What one shared value of this kind weighs when only the two reports have it; never against the pair, so that a rising count never raises a score. */
  bits: Bits.min(0),
  /** The same in pairs of class report, where that differs. */
  reportBits: Bits.min(0).optional(),
  /** Several values of this kind hang together: only the rarest counts. */
  bestOnly: z.boolean().optional(),
  /** A value held by at most so many stories makes its holders a pair to look at; 0 never does. */
  nominates: z.int().min(0).max(1024),
  /** A value held by more stories than this weighs nothing. */
  weighs: z.int().min(1).max(4096),
});
export type SharedValueRule = z.infer<typeof SharedValueRule>;

/** What is weighed alike in all pairs of one class. */
export const ClassRule = z.strictObject({
  /** How likely such a pair belongs together before anything is compared. */
  baseBits: Bits,
  /** Bits for a gap between two observed intervals; the first step that is wide enough counts. */
  time: z.strictObject({ steps: z.array(z.strictObject({ withinDays: z.number().min(0), bits: Bits })), beyondBits: Bits }),
  /** Bits for the cosine of the texts; the first step that is above it counts; `noneBits` when one has no text. */
  text: z.strictObject({ noneBits: Bits, steps: z.array(z.strictObject({ below: z.number(), bits: Bits })), otherwiseBits: Bits }),
  agreement: z.strictObject({
    'same-country': Bits,
    'other-country': Bits,
    'same-sector': Bits,
    'other-sector': Bits,
    'same-actor': Bits,
    'other-actor': Bits,
    'same-language': Bits,
    'other-language': Bits,
    'name-across-languages': Bits,
  }),
});
export type ClassRule = z.infer<typeof ClassRule>;

export const Ruleset = z.strictObject({
  name: z.string().min(1).max(100),
  thresholds: z.strictObject({ linkBits: Bits, possibleBits: Bits, secondLegBits: Bits }),
  classes: z.strictObject({ indicator: ClassRule, note: ClassRule, report: ClassRule }),
  /** A text of at least so many characters makes a report rather than a note. */
  reportChars: z.int().min(0),
  /** A word counts as a rare one down to this rarity, in eighths. */
  rareWordEighths: z.int().min(0).max(8),
  shared: z.record(z.string(), SharedValueRule),
  echo: z.strictObject({
    bits: Bits,
    jaccard: z.number().min(0).max(1),
    containment: z.number().min(0).max(1),
    minShingles: z.int().min(1),
    withinDays: z.number().min(0),
  }),
  /** Groups A and B join when best + countCredit x log2(links) >= linkBits + sizePenalty x log2(stories of the smaller). */
  join: z.strictObject({ sizePenalty: z.number().min(0).max(10), countCredit: z.number().min(0).max(10) }),
});
/** The weights and thresholds by which signals are linked: a table a person can read. Log2 likelihood ratios in bits. */
export type Ruleset = z.infer<typeof Ruleset>;

/** Names a ruleset by its content: equal tables have equal versions, whatever the order of their lines. */
export const rulesetVersion = (ruleset: Ruleset): string => `${ruleset.name}-${hash('sha256', canonicalJson(ruleset), 'hex').slice(0, 12)}`;

/** Integer thousandths of a bit: sums of them do not depend on the order of adding. */
export const toMillibits = (bits: number): number => Math.round(bits * 1000);
