import { type Audience, type IncidentJudgement, type Judgement, maySee } from '@samenhang/domain';
import { isJudgementReceived, topics } from '@samenhang/events';
import type { EventLog } from '@samenhang/ports';

export type AnyJudgement = Judgement | IncidentJudgement;

/** What analysts decided, as it stands on the log when it is asked for. */
export interface JudgementBook {
  /** The newest word about every judgement that the audience may see, newest first by (at, id). */
  of(audience: Audience): Promise<readonly AnyJudgement[]>;
}

/** Reads each judgement once and remembers it: they are made by hand, so there are few. */
export function createJudgementBook(log: Pick<EventLog, 'ends' | 'read'>): JudgementBook {
  const topic = topics.judgementsReceived.name;
  const newest = new Map<string, AnyJudgement>();
  const read: number[] = [];
  let reading: Promise<void> = Promise.resolve();

  async function readOn(): Promise<void> {
    for (const [partition, end] of (await log.ends(topic)).entries()) {
      if ((read[partition] ?? 0) >= end) continue;
      for await (const records of log.read({ topic, partition, offset: read[partition] ?? 0 })) {
        for (const { value } of records) if (isJudgementReceived(value)) newest.set(value.judgement.id, value.judgement);
        read[partition] = (records.at(-1)?.offset ?? 0) + 1;
      }
    }
  }

  return {
    async of(audience) {
      // One after the other: two readers at once would take the same records in.
      reading = reading.catch(() => undefined).then(readOn);
      await reading;
      return [...newest.values()].filter(({ marking }) => maySee(audience, marking)).sort(byAge);
    },
  };
}

const byAge = (x: AnyJudgement, y: AnyJudgement): number => (x.at === y.at ? (x.id < y.id ? -1 : 1) : x.at > y.at ? -1 : 1);
