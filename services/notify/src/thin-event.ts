import {
  canonicalJson,
  type IncidentStatus,
  type LineageCause,
  type Marking,
  type Severity,
  signalNamespace,
  uuidV5,
} from '@samenhang/domain';
import type { IncidentChanged } from '@samenhang/events';

/** That an incident changed, and how much: no title, text or member, so that who may read it stays with the API. */
export interface ThinEvent {
  readonly type: 'incident.changed';
  /** When the log took the change; an event told again keeps the time of its change. */
  readonly timestamp: string;
  readonly data: {
    readonly audience: string;
    readonly id: string;
    /** Position, in the audience's log, of the newest input that it holds; of the last input before it ended. */
    readonly revision: number;
    readonly size: number;
    /** These three are null when the incident ended. */
    readonly status: IncidentStatus | null;
    readonly severity: Severity | null;
    readonly marking: Marking | null;
    /** How many reports came in and went since the event before. */
    readonly joined: number;
    readonly left: number;
    readonly causes: readonly LineageCause[];
    readonly closed: boolean;
  };
}

/** What is told of a change. */
export function thinEventOf(change: IncidentChanged, timestampMs: number): ThinEvent {
  const { audience, id, batch, summary, joined, left, lineage } = change;
  return {
    type: 'incident.changed',
    timestamp: new Date(timestampMs).toISOString(),
    data: {
      audience,
      id,
      revision: summary?.revision ?? batch.through - 1,
      size: summary?.size ?? 0,
      status: summary?.status ?? null,
      severity: summary?.severity ?? null,
      marking: summary?.marking ?? null,
      joined: joined.length,
      left: left.length,
      causes: [...new Set(lineage.map(({ cause }) => cause))],
      closed: summary === null,
    },
  };
}

/** The id of the event of a change: the same however often the change is sent or posted, another for every other change. */
export function eventIdOf({ audience, id, batch, rulesetVersion, summary, joined, left, lineage }: IncidentChanged): string {
  const revision = summary?.revision ?? null;
  return `msg_${uuidV5(signalNamespace, canonicalJson(['incident.changed', audience, id, revision, batch, rulesetVersion, joined, left, lineage]))}`;
}
