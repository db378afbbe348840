import type { Metrics } from './metrics.ts';

/** How many messages a stage saw and what became of them. `received = sent + dropped + rejected` once a batch is done (law 3). */
export interface StageCounts {
  readonly received: number;
  readonly sent: number;
  readonly dropped: number;
  readonly rejected: number;
  /** Dropped and rejected, by reason. */
  readonly reasons: ReadonlyMap<string, number>;
}

/** What one batch or request adds to a stage's counts, all at once, so that the counts balance whenever they are read. */
export interface Tally {
  received: number;
  sent: number;
  readonly dropped: Map<string, number>;
  readonly rejected: Map<string, number>;
}

export const emptyTally = (): Tally => ({ received: 0, sent: 0, dropped: new Map(), rejected: new Map() });

export const bump = (reasons: Map<string, number>, reason: string): void => {
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
};

const sum = (reasons: ReadonlyMap<string, number>): number => [...reasons.values()].reduce((total, count) => total + count, 0);

export interface StageCounters {
  readonly stage: string;
  add(tally: Tally): void;
  counts(): StageCounts;
}

/** Counters of one stage since the process began, also shown by `/metrics` as `samenhang_messages_total`. */
export function createStageCounters(stage: string, metrics?: Metrics): StageCounters {
  let [received, sent, dropped, rejected] = [0, 0, 0, 0];
  const reasons = new Map<string, number>();
  const tell = (outcome: string, reason: string, count: number): void =>
    metrics?.counter('samenhang_messages_total', 'Messages by stage, outcome and reason', { stage, outcome, reason }).add(count);
  const addReasons = (outcome: string, added: ReadonlyMap<string, number>): void => {
    for (const [reason, count] of added) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + count);
      tell(outcome, reason, count);
    }
  };
  return {
    stage,
    add(tally) {
      received += tally.received;
      sent += tally.sent;
      dropped += sum(tally.dropped);
      rejected += sum(tally.rejected);
      tell('sent', '', tally.sent);
      addReasons('dropped', tally.dropped);
      addReasons('rejected', tally.rejected);
    },
    counts: () => ({ received, sent, dropped, rejected, reasons: new Map(reasons) }),
  };
}
