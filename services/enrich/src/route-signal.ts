import { type Audience, type Enrichment, maySee } from '@samenhang/domain';
import type { CorrelationInputMessage, JudgementReceived, SignalReceived } from '@samenhang/events';
import type { LogRecord } from '@samenhang/ports';

/** What one audience is told: a record for its own partition, which is its place in the configuration. */
const recordFor = (partition: number, key: string, value: CorrelationInputMessage): LogRecord => ({ key, value, partition });

/**
 * A copy for every audience that may see the signal, and a withdrawal for every audience that may not but could see an earlier revision.
 * Nobody else is told anything.
 */
export function routeSignal(
  { signal, earlierMarkings }: SignalReceived,
  enrichment: Enrichment,
  audiences: readonly Audience[],
): readonly LogRecord[] {
  return audiences.flatMap((audience, partition) => {
    if (maySee(audience, signal.marking))
      return [recordFor(partition, signal.id, { kind: 'signal', audience: audience.id, signal, enrichment })];
    if (!earlierMarkings.some((marking) => maySee(audience, marking))) return [];
    return [recordFor(partition, signal.id, { kind: 'withdrawal', audience: audience.id, id: signal.id, revision: signal.revision })];
  });
}

/** A copy for every audience that may see the judgement. */
export const routeJudgement = ({ judgement }: JudgementReceived, audiences: readonly Audience[]): readonly LogRecord[] =>
  audiences.flatMap((audience, partition) =>
    maySee(audience, judgement.marking)
      ? [recordFor(partition, judgement.id, { kind: 'judgement', audience: audience.id, judgement })]
      : [],
  );
