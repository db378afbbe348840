import type { DeliveredRecord, LogRecord } from '@samenhang/ports';

/** Records that a step wants appended to a topic. */
export interface Outgoing {
  readonly topic: string;
  readonly records: readonly LogRecord[];
}

/** What became of one message. Exactly one of: passed on, taken in, dropped with a reason, rejected with a cause. */
export type Outcome =
  | { readonly kind: 'sent'; readonly outgoing: readonly Outgoing[] }
  | { readonly kind: 'kept' }
  | { readonly kind: 'dropped'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly code: string; readonly detail: string };

/** Passed on: these records are appended before the message is committed. */
export const send = (topic: string, records: readonly LogRecord[]): Outcome => ({ kind: 'sent', outgoing: [{ topic, records }] });
/** Taken into what the step will give or write in `finish`; counted as sent. */
export const kept = (): Outcome => ({ kind: 'kept' });
/** Of no use to anyone, for a reason of a small closed set. */
export const drop = (reason: string): Outcome => ({ kind: 'dropped', reason });
/** Wrong in itself: it goes to `<topic>.rejected` with this cause and the step goes on. */
export const reject = (code: string, detail: string): Outcome => ({ kind: 'rejected', code, detail });

/** Where a batch came from and where the next one starts. */
export interface BatchEnd {
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: number;
}

/**
 * One message in, one outcome out. Partitions may be handled at the same time, so what a step keeps between messages it keeps per partition.
 * A batch whose records could not be appended comes again, so `handle` and `finish` must be idempotent.
 */
export interface Step<In> {
  readonly name: string;
  /** The topic it reads. */
  readonly reads: string;
  /** At most so many messages in one batch. */
  readonly maxBatch?: number;
  /** True when it waits for somebody outside: nothing waits for it, and its standing still makes neither the process unready nor the pipeline unsettled. */
  readonly aside?: boolean;
  /** True when the value is a message of this topic; what is not goes to the rejected as `message-undecodable`. */
  accepts(value: unknown): value is In;
  handle(message: In, at: DeliveredRecord): Outcome | Promise<Outcome>;
  /** Called once after the messages of a batch, before it is committed: writes effects, and gives what the batch as a whole sends. */
  finish?(end: BatchEnd): Promise<readonly Outgoing[]>;
  /** Called when a batch that `handle` has seen will not be committed as it is: forget what was kept of it; its messages come again. */
  abandon?(partition: number): void | Promise<void>;
  assigned?(partition: number, nextOffset: number): Promise<void>;
  revoked?(partition: number): Promise<void>;
}
