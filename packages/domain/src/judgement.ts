import { z } from 'zod';
import { incidentStatuses, severities } from './incident.ts';
import { Marking } from './marking.ts';

/** How likely something is, in the words of ICD 203, with the percentages they stand for; kept apart from confidence. */
export const likelihoods = [
  'almost no chance',
  'very unlikely',
  'unlikely',
  'roughly even chance',
  'likely',
  'very likely',
  'almost certain',
] as const;

/** How good the ground of a judgement is (ICD 203); says nothing about how likely it is. */
export const confidences = ['low', 'moderate', 'high'] as const;

/** The spectrum of state responsibility (Healey, Atlantic Council 2012), from least to most. */
export const responsibilities = [
  'state-prohibited',
  'state-prohibited-but-inadequate',
  'state-ignored',
  'state-encouraged',
  'state-shaped',
  'state-coordinated',
  'state-ordered',
  'state-rogue-conducted',
  'state-executed',
  'state-integrated',
] as const;

const text = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), { message: 'holds a NUL or half a surrogate pair' });

const given = { reason: text(2_000).default(''), marking: Marking };
const likelihood = { likelihood: z.enum(likelihoods), confidence: z.enum(confidences) };
const about = { about: z.uuid().describe('A signal: the judgement is about the incident that holds it, whatever that is called later.') };

const pairDraft = z.strictObject({ kind: z.enum(['same', 'not-same']), a: z.uuid(), b: z.uuid(), ...given });
const statusDraft = z.strictObject({ kind: z.literal('status'), ...about, status: z.enum(incidentStatuses), ...given });
const severityDraft = z.strictObject({ kind: z.literal('severity'), ...about, severity: z.enum(severities), ...given });
const assessmentDraft = z.strictObject({ kind: z.literal('assessment'), ...about, statement: text(4_000).min(1), ...likelihood, ...given });
const attributionDraft = z.strictObject({
  kind: z.literal('attribution'),
  ...about,
  actor: text(200).min(1),
  responsibility: z.enum(responsibilities),
  ...likelihood,
  ...given,
});
const noteDraft = z.strictObject({ kind: z.literal('note'), ...about, text: text(10_000).min(1), ...given });

/** What an analyst sends: what is decided and why, for whom to see. Who and when is added. */
export const JudgementDraft = z.discriminatedUnion('kind', [
  pairDraft,
  statusDraft,
  severityDraft,
  assessmentDraft,
  attributionDraft,
  noteDraft,
]);
export type JudgementDraft = z.infer<typeof JudgementDraft>;

const stamped = { id: z.uuid(), by: z.string().min(1).max(200), at: z.string(), revoked: z.boolean().default(false) };

export const Judgement = pairDraft.extend(stamped);
/** What an analyst decided about two signals; it always wins over computed evidence until it is revoked. */
export type Judgement = z.infer<typeof Judgement>;

export const IncidentJudgement = z.discriminatedUnion('kind', [
  statusDraft.extend(stamped),
  severityDraft.extend(stamped),
  assessmentDraft.extend(stamped),
  attributionDraft.extend(stamped),
  noteDraft.extend(stamped),
]);
/** What an analyst decided about the incident that holds a signal: it stays with the signal through merge and split. The newest (at, id) of a kind that is not revoked counts; notes, assessments and attributions all stay. */
export type IncidentJudgement = z.infer<typeof IncidentJudgement>;

/** True for a judgement about a pair of signals, which correlation obeys. */
export const isPairJudgement = (judgement: Judgement | IncidentJudgement): judgement is Judgement =>
  judgement.kind === 'same' || judgement.kind === 'not-same';
