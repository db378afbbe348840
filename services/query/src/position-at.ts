import { isCorrelationInput, topics } from '@samenhang/events';
import type { EventLog } from '@samenhang/ports';

/**
 * The position of the first input of an audience that was received, or judged, at or after an instant; the end of its log when none was. Inputs follow each
 * other as they were received, so it looks at as many of them as the length of the log has binary digits.
 */
export async function positionAt(log: Pick<EventLog, 'ends' | 'read'>, partition: number, instantMs: number): Promise<number> {
  let [low, high] = [0, (await log.ends(topics.correlationInputs.name))[partition] ?? 0];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const timeMs = await timeFrom(log, { partition, offset: middle, end: high });
    if (timeMs !== undefined && timeMs < instantMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Stretch {
  readonly partition: number;
  readonly offset: number;
  readonly end: number;
}

/** When the first input from here on that carries a time was received; undefined when none before the end does. */
async function timeFrom(log: Pick<EventLog, 'read'>, { partition, offset, end }: Stretch): Promise<number | undefined> {
  for await (const records of log.read({ topic: topics.correlationInputs.name, partition, offset }, { maxBatch: 1 })) {
    for (const record of records) {
      if (record.offset >= end) return undefined;
      const time = timeOf(record.value);
      if (time !== undefined) return Date.parse(time);
    }
  }
  return undefined;
}

/** A withdrawal tells of no time: it is placed by what follows it. */
function timeOf(value: unknown): string | undefined {
  if (!isCorrelationInput(value)) return undefined;
  if (value.kind === 'signal') return value.signal.receivedAt;
  return value.kind === 'judgement' ? value.judgement.at : undefined;
}
