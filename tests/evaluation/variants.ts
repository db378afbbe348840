import { type ObservedAt, observedSpan } from '@samenhang/domain';
import type { LabelledRecord } from './labelled.ts';
import { seededRandom } from './seeded-random.ts';

const dayMs = 86_400_000;
const windowDays = 180;
const blurDays = 7;
const windowStart = Date.UTC(2024, 0, 1);

const startOf = (observedAt: ObservedAt): number => observedSpan(observedAt).startMs;
const campaignOf = (record: LabelledRecord): string => record.truth || `alone:${record.signal.id}`;

/**
 * The same reports on a dense stream: every campaign, and every report that belongs to none, starts on a random day within 180 days of the others; within a campaign the
 * gaps stay, and each date is blurred by up to 7 days. Reproducible by the seed.
 */
export function dense(records: readonly LabelledRecord[], seed: number): readonly LabelledRecord[] {
  const next = seededRandom(seed);
  const first = new Map<string, number>();
  for (const record of records) {
    const campaign = campaignOf(record);
    first.set(campaign, Math.min(first.get(campaign) ?? Number.POSITIVE_INFINITY, startOf(record.signal.observedAt)));
  }
  const starts = new Map([...first.keys()].map((campaign) => [campaign, windowStart + Math.floor(next() * windowDays) * dayMs]));
  return records.map((record) => {
    const campaign = campaignOf(record);
    const blur = Math.floor((next() * 2 - 1) * (blurDays + 0.5)) * dayMs;
    const at = (starts.get(campaign) ?? 0) + startOf(record.signal.observedAt) - (first.get(campaign) ?? 0) + blur;
    return { ...record, signal: { ...record.signal, observedAt: new Date(at).toISOString().slice(0, 10) } };
  });
}

/** The same reports without the values that were put in so that they overlap. */
export const unseeded = (records: readonly LabelledRecord[]): readonly LabelledRecord[] =>
  records.map((record) => {
    const observables = record.signal.observables.filter(({ value }) => !record.seeded.includes(value));
    return { ...record, signal: { ...record.signal, observables } };
  });
