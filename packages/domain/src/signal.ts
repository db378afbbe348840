import { z } from 'zod';
import { Marking } from './marking.ts';
import { ObservedAt, TimeText } from './observed-time.ts';

const controlCharacters = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 || code === 127) return true;
  }
  return false;
};

/** Text that is well-formed Unicode without NUL; `line` also refuses other control characters. */
const words = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .refine((text) => text.isWellFormed() && !text.includes('\u0000'), { message: 'holds a NUL or half a surrogate pair' });
const line = (maximum: number) =>
  z
    .string()
    .min(1)
    .max(maximum)
    .refine((text) => text.isWellFormed() && !controlCharacters(text), { message: 'holds a control character or half a surrogate pair' });

export const sourceTypes = ['embassy', 'ras', 'sector'] as const;
export const SourceType = z.enum(sourceTypes);
export type SourceType = z.infer<typeof SourceType>;

export const signalKinds = ['report', 'update', 'correction', 'retraction'] as const;

export const Observable = z.strictObject({ type: line(64), value: line(4096) });
/** One typed value seen in a signal. Two observables are the same when type and normalised value are equal; unknown types are kept. */
export type Observable = z.infer<typeof Observable>;

export const Place = z.strictObject({
  name: line(200).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is not an ISO 3166-1 alpha-2 code')
    .optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
});
export type Place = z.infer<typeof Place>;

export const Technique = z.strictObject({ framework: z.enum(['attack', 'disarm']), id: z.string().regex(/^T[A-Z]?\d{4}(\.\d{3})?$/) });
export type Technique = z.infer<typeof Technique>;

/** Admiralty reliability of the source; F (cannot be judged) means unknown, never the middle. */
export const reliabilities = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

export const signalLimits = { titleChars: 1_000, textChars: 200_000, observables: 5_000, list: 500 } as const;

export const PostedSignal = z.strictObject({
  source: line(200),
  externalId: line(512).optional(),
  revision: z.int().min(1).max(1_000_000).default(1),
  sourceType: SourceType,
  kind: z.enum(signalKinds).default('report'),
  title: words(signalLimits.titleChars).min(1),
  text: words(signalLimits.textChars).default(''),
  lang: z
    .string()
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'is not a BCP 47 tag')
    .optional(),
  observedAt: ObservedAt,
  reportedAt: TimeText.optional(),
  places: z.array(Place).max(signalLimits.list).default([]),
  themes: z.array(line(100)).max(signalLimits.list).default([]),
  sectors: z.array(line(200)).max(signalLimits.list).default([]),
  targets: z.array(line(400)).max(signalLimits.list).default([]),
  observables: z.array(Observable).max(signalLimits.observables).default([]),
  techniques: z.array(Technique).max(signalLimits.list).default([]),
  reliability: z.enum(reliabilities).optional(),
  credibility: z.int().min(1).max(6).optional(),
  marking: Marking,
  origin: z
    .strictObject({
      derivedFrom: z.array(line(512)).max(signalLimits.list).optional(),
      urls: z.array(line(4096)).max(signalLimits.list).optional(),
    })
    .optional(),
  attachments: z
    .array(z.strictObject({ name: line(400), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .max(signalLimits.list)
    .default([]),
  raw: z.json().optional(),
});
/** One report by one source that something noteworthy was observed, as an adapter posts it, defaults filled in. */
export type PostedSignal = z.infer<typeof PostedSignal>;
/** A signal as an adapter may write it: defaults left out. */
export type SignalDraft = z.input<typeof PostedSignal>;

/** A posted signal that was accepted: immutable, identified, stamped with the instant of acceptance (ISO 8601, microseconds, strictly rising per ingest process). */
export interface Signal extends PostedSignal {
  readonly id: string;
  readonly contentHash: string;
  readonly receivedAt: string;
  /** `receivedAt` of the first accepted revision: with the id it orders signals, so that a new revision never renames an incident. */
  readonly firstReceivedAt: string;
  /** What is odd about it without being wrong, such as `observed-in-the-future`. */
  readonly flags: readonly string[];
}
