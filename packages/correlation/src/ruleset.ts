import { hash } from 'node:crypto';
import { canonicalJson } from '@samenhang/domain';
import { z } from 'zod';

const Bits = z.number().min(-50).max(50);

export const SharedValueRule = z.strictObject({
  /** What one shared value of this kind weighs when only the two reports have it. */
  bits: Bits,
  /** A value held by at most so many stories makes its holders a pair to look at; 0 never does. */
  nominates: z.int().min(0).max(1024),
  /** A value held by more stories than this weighs nothing. */
  weighs: z.int().min(1).max(4096),
});
export type SharedValueRule = z.infer<typeof SharedValueRule>;

export const Ruleset = z.strictObject({
  name: z.string().min(1).max(100),
  /** What speaks against any two reports belonging together before they are looked at. */
  biasBits: Bits,
  thresholds: z.strictObject({ linkBits: Bits, possibleBits: Bits, secondLegBits: Bits }),
  shared: z.record(z.string(), SharedValueRule),
  /** Bits for a gap between two observed intervals; the first step that is wide enough counts. */
  time: z.strictObject({ steps: z.array(z.strictObject({ withinDays: z.number().min(0), bits: Bits })), beyondBits: Bits }),
  /** Bits for the share of words in common; the first step that is above it counts. */
  text: z.strictObject({ steps: z.array(z.strictObject({ below: z.number(), bits: Bits })), otherwiseBits: Bits }),
  disagreement: z.strictObject({ countryBits: Bits, sectorBits: Bits, actorBits: Bits }),
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

const shared = (bits: number, nominates = 64, weighs = 256): SharedValueRule => ({ bits, nominates, weighs });

/** The ruleset that is used when none is configured. */
export const defaultRuleset: Ruleset = {
  name: 'default',
  biasBits: -2.5,
  thresholds: { linkBits: 1.5, possibleBits: 0, secondLegBits: 2 },
  shared: {
    'file-hash': shared(8),
    package: shared(7),
    'registered-domain': shared(6.5),
    domain: shared(6),
    certificate: shared(5.5),
    ip: shared(4.5),
    network: shared(3),
    url: shared(4),
    'url-path': shared(3.5),
    email: shared(4),
    account: shared(4),
    phone: shared(4),
    iban: shared(4),
    wallet: shared(4),
    'file-name': shared(4),
    organisation: shared(4),
    person: shared(4),
    vessel: shared(4),
    mutex: shared(3),
    'registry-key': shared(3),
    hashtag: shared(2),
    'mail-domain': shared(2),
    cve: shared(1.5),
    other: shared(3),
    word: shared(0, 0, 256),
  },
  time: {
    steps: [
      { withinDays: 1, bits: 4 },
      { withinDays: 3, bits: 3.5 },
      { withinDays: 7, bits: 2.5 },
      { withinDays: 30, bits: 1 },
      { withinDays: 90, bits: -2 },
      { withinDays: 1095, bits: -3 },
    ],
    beyondBits: -3.5,
  },
  text: {
    steps: [
      { below: 0.03, bits: -3.5 },
      { below: 0.15, bits: 0 },
      { below: 0.3, bits: 1.5 },
      { below: 0.5, bits: 2.5 },
    ],
    otherwiseBits: 3.5,
  },
  disagreement: { countryBits: -4.5, sectorBits: -5, actorBits: -4.5 },
  echo: { bits: 12, jaccard: 0.6, containment: 0.8, minShingles: 12, withinDays: 14 },
  join: { sizePenalty: 2, countCredit: 1 },
};
