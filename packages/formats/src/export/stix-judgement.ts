import type { IncidentJudgement } from '@samenhang/domain';
import type { JsonObject } from '../json/json-value.ts';
import { ownIdentity } from './own-extension.ts';
import { markingRefs, stixTime } from './stix-signal.ts';

/** How far one agrees with what has a likelihood (ICD 203), in the words of STIX 2.1 section 10.20. */
const agreement = {
  'almost no chance': 'strongly-disagree',
  'very unlikely': 'disagree',
  unlikely: 'disagree',
  'roughly even chance': 'neutral',
  likely: 'agree',
  'very likely': 'agree',
  'almost certain': 'strongly-agree',
} as const;

/** The confidence of STIX 2.1 appendix A (low, medium, high) for that of ICD 203. */
const confidence = { low: 15, moderate: 50, high: 85 } as const;

/**
 * What an analyst decided about an incident, as an opinion (an assessment) or a note (a note, an attribution); undefined for status and severity, which the
 * incident itself says. Who decided it does not leave.
 */
export function stixJudgement(judgement: IncidentJudgement, about: string): JsonObject | undefined {
  const at = stixTime(Date.parse(judgement.at));
  const common = {
    spec_version: '2.1',
    created_by_ref: ownIdentity.id,
    created: at,
    modified: at,
    object_refs: [about],
    object_marking_refs: markingRefs(judgement.marking),
  };
  switch (judgement.kind) {
    case 'assessment':
      return {
        type: 'opinion',
        id: `opinion--${judgement.id}`,
        ...common,
        opinion: agreement[judgement.likelihood],
        explanation: `${judgement.statement} (${judgement.likelihood}; ${judgement.confidence} confidence)`,
        confidence: confidence[judgement.confidence],
      };
    case 'attribution':
      return {
        type: 'note',
        id: `note--${judgement.id}`,
        ...common,
        abstract: `Attribution: ${judgement.actor}`,
        content: `${judgement.actor}, ${judgement.responsibility}: ${judgement.likelihood}, ${judgement.confidence} confidence.`,
        confidence: confidence[judgement.confidence],
      };
    case 'note':
      return { type: 'note', id: `note--${judgement.id}`, ...common, content: judgement.text };
    default:
      return undefined;
  }
}
