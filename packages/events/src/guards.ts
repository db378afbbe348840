import type { CorrelationInputMessage, ExportRecorded, IncidentChanged, JudgementReceived, SignalReceived } from './messages.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const has = (value: unknown, member: string): boolean => isObject(value) && member in value;

/** True for what the writer of `signals.received` appends: a check of the shape's outside, cheap enough for every message. */
export const isSignalReceived = (value: unknown): value is SignalReceived =>
  isObject(value) &&
  'signal' in value &&
  has(value.signal, 'id') &&
  has(value.signal, 'marking') &&
  'earlierMarkings' in value &&
  Array.isArray(value.earlierMarkings);

/** True for what the writer of `judgements.received` appends. */
export const isJudgementReceived = (value: unknown): value is JudgementReceived =>
  isObject(value) && 'judgement' in value && has(value.judgement, 'id') && has(value.judgement, 'marking');

/** True for what the writer of `correlation.inputs` appends. */
export function isCorrelationInput(value: unknown): value is CorrelationInputMessage {
  if (!isObject(value) || !('kind' in value) || !('audience' in value)) return false;
  if (value.kind === 'signal') return 'signal' in value && has(value.signal, 'id') && 'enrichment' in value && isObject(value.enrichment);
  if (value.kind === 'withdrawal') return 'id' in value && 'revision' in value;
  return value.kind === 'judgement' && 'judgement' in value && has(value.judgement, 'id');
}

/** True for what the writer of `incidents.changed` appends. */
export const isIncidentChanged = (value: unknown): value is IncidentChanged =>
  isObject(value) && 'audience' in value && 'id' in value && 'summary' in value && 'joined' in value && Array.isArray(value.joined);

/** True for what the writer of `exports.recorded` appends. */
export const isExportRecorded = (value: unknown): value is ExportRecorded =>
  isObject(value) && 'audience' in value && 'by' in value && 'signals' in value && Array.isArray(value.signals);
