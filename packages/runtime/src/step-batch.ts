import { rejectedTopic } from '@samenhang/events';
import type { DeliveredRecord, EventLog, LogRecord } from '@samenhang/ports';
import { rejectedRecord } from './rejected-message.ts';
import { bump, emptyTally, type Tally } from './stage-counters.ts';
import { type Outcome, type Outgoing, reject, type Step } from './step.ts';
import { type TracedWork, type Tracer, withTrace } from './telemetry.ts';

/** What the messages of one batch came to: what is to be appended, and how many of each outcome. */
export interface BatchResult {
  readonly outgoing: Map<string, LogRecord[]>;
  readonly tally: Tally;
}

const add = (outgoing: Map<string, LogRecord[]>, topic: string, records: readonly LogRecord[]): void => {
  const known = outgoing.get(topic);
  if (known === undefined) outgoing.set(topic, [...records]);
  else for (const record of records) known.push(record);
};

function addOutcome(
  result: BatchResult,
  outcome: Outcome,
  step: string,
  record: DeliveredRecord,
  trace: Readonly<Record<string, string>>,
): void {
  switch (outcome.kind) {
    case 'sent':
      for (const { topic, records } of outcome.outgoing) add(result.outgoing, topic, withTrace(records, trace));
      result.tally.sent++;
      return;
    case 'kept':
      result.tally.sent++;
      return;
    case 'dropped':
      bump(result.tally.dropped, outcome.reason);
      return;
    case 'rejected':
      addRejected(result, step, record, outcome);
  }
}

/** Counts a message as rejected and has it kept on `<topic>.rejected`. */
export function addRejected(
  result: BatchResult,
  step: string,
  record: DeliveredRecord,
  cause: { readonly code: string; readonly detail: string },
): void {
  add(result.outgoing, rejectedTopic(record.topic), [rejectedRecord(step, record, cause)]);
  bump(result.tally.rejected, cause.code);
}

export const emptyResult = (): BatchResult => ({ outgoing: new Map(), tally: emptyTally() });

async function outcomeOf<In>(step: Step<In>, record: DeliveredRecord, work: TracedWork): Promise<Outcome> {
  try {
    if (!step.accepts(record.value)) return reject('message-undecodable', 'The bytes are not a message of this topic.');
    return await step.handle(record.value, record);
  } catch (error) {
    work.end('failed', error);
    throw error;
  }
}

/** Takes the messages of one partition through the step, in order; nothing is appended yet. Throws what the step throws. */
export async function processBatch<In>(step: Step<In>, batch: readonly DeliveredRecord[], tracer: Tracer): Promise<BatchResult> {
  const result = emptyResult();
  for (const record of batch) {
    const work = tracer.message(step.name, record);
    result.tally.received++;
    const outcome = await outcomeOf(step, record, work);
    addOutcome(result, outcome, step.name, record, work.headers);
    work.end(outcome.kind);
  }
  const last = batch.at(-1);
  if (last === undefined || step.finish === undefined) return result;
  const sent: readonly Outgoing[] = await step.finish({ topic: last.topic, partition: last.partition, nextOffset: last.offset + 1 });
  for (const { topic, records } of sent) add(result.outgoing, topic, records);
  return result;
}

/** Appends what a batch came to; resolves once all of it is durable. */
export async function appendResult(log: EventLog, result: BatchResult): Promise<void> {
  for (const [topic, records] of result.outgoing) await log.append(topic, records);
}
