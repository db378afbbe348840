import { createHmac } from 'node:crypto';
import type { DeliveredRecord, LogRecord } from '@samenhang/ports';
import { createBatchHandler, createLogger, createTracer, emptyTally, RejectedMessage, type Step, type Tally } from '@samenhang/runtime';
import type { Outside } from './post-event.ts';

/** What a receiver was posted, as it came. */
export interface Received {
  readonly atMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a receiver says to a post: a status with headers, or the failure of the network. */
export type Says = { readonly status: number; readonly headers?: Record<string, string> } | 'unreachable';

/** A receiver, a clock that moves only when somebody sleeps, and no chance: what is outside of notify, without network or time. */
export function aReceiver(says: (number: number) => Says = () => ({ status: 200 })) {
  const received: Received[] = [];
  let nowMs = 1_000_000;
  const outside: Outside = {
    async fetch(_url, init) {
      received.push({ atMs: nowMs, headers: Object.fromEntries(new Headers(init?.headers)), body: String(init?.body) });
      const answer = says(received.length);
      if (answer === 'unreachable') throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
      return new Response(null, answer);
    },
    now: () => nowMs,
    chance: () => 0,
    async sleep(ms, signal) {
      if (!signal.aborted) nowMs += ms;
    },
  };
  return { received, outside };
}

/** True when the signature is that of the Standard Webhooks, computed apart from the code under test. */
export function isSigned({ headers, body }: Pick<Received, 'headers' | 'body'>, secret: string): boolean {
  const mac = createHmac('sha256', Buffer.from(secret, 'base64'));
  for (const part of [headers['webhook-id'] ?? '', '.', headers['webhook-timestamp'] ?? '', '.', body]) mac.update(part);
  return headers['webhook-signature'] === `v1,${mac.digest('base64')}`;
}

/** Delivers records to a step as a log does, in batches of a size, again from the first that is not committed; `lost` has the commit of a turn fail. */
export async function deliver<In>(
  step: Step<In>,
  records: readonly DeliveredRecord[],
  { sizes = [], lost = [] }: { readonly sizes?: readonly number[]; readonly lost?: readonly boolean[] } = {},
) {
  const appended: LogRecord[] = [];
  const tallies: Tally[] = [];
  const log = { append: async (_topic: string, some: readonly LogRecord[]) => void appended.push(...some) };
  const handle = createBatchHandler(step, { log: log as never, logger: createLogger('test', 'silent') }, createTracer());
  let failed = 0;
  await step.assigned?.(0, 0);
  for (let turn = 0, committed = 0; committed < records.length; turn++) {
    const size = sizes[turn] ?? 5;
    try {
      const tally = await handle(records.slice(committed, committed + size));
      if (lost[turn] === true) continue;
      tallies.push(tally);
      committed += size;
    } catch (error) {
      if (++failed > 1_000) throw error;
    }
  }
  const rejected = [...new Map(appended.map(({ key, value }) => [key, RejectedMessage.parse(value)])).values()];
  const sum = emptyTally();
  for (const tally of tallies) {
    sum.received += tally.received;
    sum.sent += tally.sent;
    for (const [reason, count] of tally.dropped) sum.dropped.set(reason, (sum.dropped.get(reason) ?? 0) + count);
    for (const [reason, count] of tally.rejected) sum.rejected.set(reason, (sum.rejected.get(reason) ?? 0) + count);
  }
  return { rejected, tally: sum, failed };
}
