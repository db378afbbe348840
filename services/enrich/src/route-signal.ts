import { type Audience, type Enrichment, maySee, type Signal } from '@samenhang/domain';
import type { CorrelationInputMessage, JudgementReceived, SignalReceived } from '@samenhang/events';
import type { LogRecord } from '@samenhang/ports';

/** Part of what several audiences are told: JSON of a value is written once for all of them. */
interface Shared<T> {
  readonly value: T;
  readonly json: string;
}

const shared = <T>(value: T): Shared<T> => ({ value, json: JSON.stringify(value) });

function copyFor(partition: number, audience: string, signal: Shared<Signal>, enrichment: Shared<Enrichment>): LogRecord {
  const value: CorrelationInputMessage = { kind: 'signal', audience, signal: signal.value, enrichment: enrichment.value };
  const json = `{"kind":"signal","audience":${JSON.stringify(audience)},"signal":${signal.json},"enrichment":${enrichment.json}}`;
  return { key: signal.value.id, value, json, partition };
}

/** What one audience is told: a record for its own partition, which is its place in the configuration. */
const recordFor = (partition: number, key: string, value: CorrelationInputMessage): LogRecord => ({ key, value, partition });

/**
 * A copy for every audience that may see the signal, and a withdrawal for every audience that may not but could see the revision before: what follows unseen is not told.
 * Nobody else is told anything, and nobody is told since when a signal was known but who could see it then (law 5).
 */
export function routeSignal(
  { signal, earlierMarkings }: SignalReceived,
  enrichment: Enrichment,
  audiences: readonly Audience[],
): readonly LogRecord[] {
  const [asReceived, found] = [shared(signal), shared(enrichment)];
  const asFirstSeen = (audience: Audience): Shared<Signal> => {
    if (earlierMarkings.length === 0) return asReceived;
    const seen = earlierMarkings.filter(({ marking }) => maySee(audience, marking)).map(({ since }) => since);
    return shared({ ...signal, firstReceivedAt: [...seen, signal.receivedAt].sort()[0] ?? signal.receivedAt });
  };
  return audiences.flatMap((audience, partition) => {
    if (maySee(audience, signal.marking)) return [copyFor(partition, audience.id, asFirstSeen(audience), found)];
    const before = earlierMarkings.at(-1);
    if (before === undefined || !maySee(audience, before.marking)) return [];
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
