import { z } from 'zod';

const Times = z.union([z.string(), z.object({ start: z.string(), end: z.string() })]);

/** A signal as lists show it. */
export const Member = z.looseObject({ id: z.string(), source: z.string(), sourceType: z.string(), title: z.string(), observedAt: Times });
export type Member = z.infer<typeof Member>;

export const Link = z.looseObject({
  a: z.string(),
  b: z.string(),
  kind: z.enum(['link', 'possible']),
  bits: z.number(),
  evidence: z.array(z.looseObject({ kind: z.string(), value: z.string().optional(), bits: z.number(), says: z.string() })),
});
export type Link = z.infer<typeof Link>;

export const Incident = z.looseObject({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  size: z.number(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  themes: z.array(z.string()),
  sectors: z.array(z.string()),
  places: z.array(z.looseObject({ name: z.string().optional(), country: z.string().optional() })),
  sourceTypes: z.array(z.string()),
  status: z.string(),
  severity: z.string(),
  marking: z.looseObject({ tlp: z.string() }),
  members: z.array(Member).optional(),
  links: z.array(Link).optional(),
});
/** An incident as the service tells it; what this client does not know of is kept. */
export type Incident = z.infer<typeof Incident>;

export const SignalDocument = z.looseObject({
  id: z.string(),
  source: z.string(),
  sourceType: z.string(),
  title: z.string(),
  text: z.string().default(''),
  observedAt: Times,
  marking: z.looseObject({ tlp: z.string() }),
  observables: z.array(z.looseObject({ type: z.string(), value: z.string() })).default([]),
  trace: z.record(z.string(), z.string().nullable()),
});
export type SignalDocument = z.infer<typeof SignalDocument>;

export const Rejected = z.looseObject({
  id: z.string(),
  step: z.string(),
  code: z.string(),
  detail: z.string(),
  state: z.string(),
  at: z.looseObject({ topic: z.string(), partition: z.number(), offset: z.number(), time: z.string() }),
});
export type Rejected = z.infer<typeof Rejected>;

const RulesetOutcome = z.looseObject({
  rulesetVersion: z.string(),
  incidents: z.number(),
  linked: z.number(),
  links: z.number(),
  possible: z.number(),
  largest: z.number(),
});

export const Comparison = z.looseObject({
  audience: z.string(),
  signals: z.number(),
  current: RulesetOutcome,
  candidate: RulesetOutcome,
  pairs: z.object({ both: z.number(), onlyCurrent: z.number(), onlyCandidate: z.number() }),
  changed: z.array(
    z.object({ id: z.string(), size: z.number(), becomes: z.array(z.object({ id: z.string(), size: z.number(), shared: z.number() })) }),
  ),
});
/** What another ruleset would make of the signals of an audience. */
export type Comparison = z.infer<typeof Comparison>;

export const Pipeline = z.looseObject({
  settled: z.boolean(),
  stages: z.array(
    z.looseObject({
      name: z.string(),
      received: z.number(),
      sent: z.number(),
      dropped: z.number(),
      rejected: z.number(),
      lag: z.number(),
    }),
  ),
});
