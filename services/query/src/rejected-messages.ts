import { rejectedTopic, topics } from '@samenhang/events';
import type { EventLog } from '@samenhang/ports';
import { RejectedMessage, RejectedSettled } from '@samenhang/runtime';

/** A rejected message and, once an operator has decided, what became of it. */
export interface Rejected {
  readonly message: RejectedMessage;
  readonly settled: RejectedSettled | undefined;
}

/** Every rejected message of every topic, newest first; read from the log at each call, for rejects are few. */
export async function listRejected(log: EventLog): Promise<readonly Rejected[]> {
  const found = new Map<string, Rejected>();
  for (const { name } of Object.values(topics)) {
    for await (const value of recordsOf(log, rejectedTopic(name))) take(found, value);
  }
  return [...found.values()].sort((a, b) => b.message.at.timestampMs - a.message.at.timestampMs || (a.message.id < b.message.id ? -1 : 1));
}

function take(found: Map<string, Rejected>, value: unknown): void {
  const message = RejectedMessage.safeParse(value);
  if (message.success) {
    found.set(message.data.id, { message: message.data, settled: found.get(message.data.id)?.settled });
    return;
  }
  const settled = RejectedSettled.safeParse(value);
  const known = settled.success ? found.get(settled.data.id) : undefined;
  if (settled.success && known !== undefined) found.set(settled.data.id, { ...known, settled: settled.data });
}

async function* recordsOf(log: EventLog, topic: string): AsyncGenerator<unknown> {
  const ends = await log.ends(topic);
  for (const [partition, end] of ends.entries()) {
    if (end === 0) continue;
    for await (const batch of log.read({ topic, partition, offset: 0 })) for (const { value } of batch) yield value;
  }
}
