import type { Audience, Signal } from '@samenhang/domain';
import { enrichSignal, type Knowledge } from '@samenhang/enrichment';
import { isJudgementReceived, isSignalReceived, type JudgementReceived, type SignalReceived, topics } from '@samenhang/events';
import type { LogRecord } from '@samenhang/ports';
import { drop, type Outcome, type SourceGrade, type Step, send } from '@samenhang/runtime';
import { routeJudgement, routeSignal } from './route-signal.ts';

/** Sends what there is to send; a message that no audience may see is dropped as `no-audience`. */
const sendTo = (records: readonly LogRecord[]): Outcome =>
  records.length === 0 ? drop('no-audience') : send(topics.correlationInputs.name, records);

/** What is known beforehand of sources, of the interests that texts may name, and of values too common to mean anything. */
export interface Foreknowledge extends Knowledge {
  readonly sources?: readonly SourceGrade[];
}

/** Reads received signals; writes one enriched copy for every audience that may see it. A signal without a reliability takes the grade of its source. */
export function createEnrichStep(audiences: readonly Audience[], { sources = [], ...known }: Foreknowledge = {}): Step<SignalReceived> {
  const grades = new Map(sources.map(({ source, reliability }) => [source, reliability]));
  const graded = (signal: Signal): Signal => {
    const grade = grades.get(signal.source);
    return signal.reliability !== undefined || grade === undefined ? signal : { ...signal, reliability: grade };
  };
  return {
    name: 'enrich',
    reads: topics.signalsReceived.name,
    accepts: isSignalReceived,
    handle: (received) =>
      sendTo(routeSignal({ ...received, signal: graded(received.signal) }, enrichSignal(received.signal, known), audiences)),
  };
}

/** Reads judgements; writes a copy for every audience that may see it. */
export const createRouteJudgementsStep = (audiences: readonly Audience[]): Step<JudgementReceived> => ({
  name: 'route-judgements',
  reads: topics.judgementsReceived.name,
  accepts: isJudgementReceived,
  handle: (received) => sendTo(routeJudgement(received, audiences)),
});
