import { type IncidentChanged, topics } from '@samenhang/events';
import type { DeliveredRecord } from '@samenhang/ports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChangeFeed } from './change-feed.ts';

const change = (id: string): IncidentChanged => ({
  audience: 'cell',
  id,
  batch: { from: 0, through: 1 },
  rulesetVersion: 'r',
  summary: null,
  joined: [],
  left: [],
  lineage: [],
  links: [],
  unlinked: [],
});

function growingLog() {
  const records: DeliveredRecord[] = [];
  return {
    add(id: string) {
      const value = JSON.parse(JSON.stringify(change(id)));
      const topic = topics.incidentsChanged.name;
      records.push({
        topic,
        partition: 0,
        offset: records.length,
        key: id,
        value,
        headers: {},
        timestampMs: 0,
        bytes: () => new Uint8Array(),
      });
    },
    ends: async () => [records.length],
    async *read({ offset }: { offset: number }) {
      for (let at = offset; at < records.length; at += 2) yield records.slice(at, at + 2);
    },
  };
}

describe('a change feed', () => {
  it('law: a follower that is cut off anywhere and resumes after what it saw misses nothing and sees nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 6 }), async (cuts) => {
        const log = growingLog();
        const feed = createChangeFeed(log, 1);
        const seen: string[] = [];
        let from = 0;
        let written = 0;
        for (const cut of cuts) {
          for (let i = 0; i <= cut; i++) log.add(`${written++}`);
          const stop = new AbortController();
          for await (const batch of feed.follow(0, from, stop.signal)) {
            for (const placed of batch) {
              seen.push(placed.change.id);
              from = placed.offset + 1;
            }
            if (seen.length > written - cut || seen.length === written) stop.abort();
          }
        }
        const stop = new AbortController();
        if (seen.length < written)
          for await (const batch of feed.follow(0, from, stop.signal)) {
            seen.push(...batch.map((placed) => placed.change.id));
            if (seen.length === written) stop.abort();
          }

        expect(seen).toEqual(Array.from({ length: written }, (_, i) => `${i}`));
      }),
      { numRuns: 20 },
    );
  });

  it('ends when its reader is gone, also while it waits', async () => {
    const stop = new AbortController();
    const feed = createChangeFeed(growingLog(), 10_000);
    setImmediate(() => stop.abort());

    for await (const batch of feed.follow(0, 0, stop.signal)) expect(batch).toEqual([]);

    expect(stop.signal.aborted).toBe(true);
  });
});
