import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@samenhang/client';
import { signalId } from '@samenhang/domain';
import { randomNumbers, syntheticWord } from '@samenhang/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningService, startService, temporaryDirectory } from './service.fixture.ts';

const Listed = z.object({ items: z.array(z.looseObject({ id: z.string(), members: z.array(z.object({ id: z.string() })) })) });

const draft = (number: number) => ({
  source: 'embassy-test',
  externalId: `r-${number}`,
  sourceType: 'embassy' as const,
  title: [11, 13, 17].map((step) => syntheticWord(100 + number * step)).join(' '),
  observedAt: '2026-03-01',
  observables: [{ type: 'sha256', value: String(number % 7).repeat(64) }],
  marking: { tlp: 'green' as const },
});

async function incidents(service: RunningService): Promise<z.infer<typeof Listed>['items']> {
  const answer = await service.get('/v1/incidents?minSize=1&limit=1000&include=members,links', 'analyst');
  return Listed.parse(await answer.json()).items;
}

const post = (service: RunningService, numbers: readonly number[]) =>
  Array.fromAsync(
    createClient({ url: service.url, key: service.keys.adapter, retry: { tries: 1, firstMs: 1, mostMs: 1 } }).postSignals(
      numbers.map(draft),
      {
        itemsPerRequest: 10,
        inFlight: 2,
      },
    ),
  );

describe('the whole service in one process', () => {
  it('takes signals, answers, stops cleanly, goes on where it was, and shares its data directory with nobody', async () => {
    using directory = temporaryDirectory();
    const first = await startService(directory.path);
    const results = await post(first, [1, 8, 2]);
    await first.settled();
    const before = await incidents(first);

    expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(before.map(({ members }) => members.length).sort()).toEqual([1, 2]);
    await expect(startService(directory.path)).rejects.toThrow('another process is using the data directory');
    expect(await first.stop()).toBe(0);

    const second = await startService(directory.path);
    await second.settled();
    expect(await incidents(second)).toEqual(before);
    expect((await post(second, [1, 8, 2])).map(({ status }) => status)).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect(await second.stop()).toBe(0);
  });

  it('rebuilds a store that was lost', async () => {
    using directory = temporaryDirectory();
    const first = await startService(directory.path);
    await post(first, [1, 8, 2]);
    await first.settled();
    const before = await incidents(first);
    await first.stop();
    rmSync(join(directory.path, 'views'), { recursive: true });

    const second = await startService(directory.path);

    expect(await incidents(second)).toEqual(before);
    expect(await second.stop()).toBe(0);
  });

  it('loses nothing that it acknowledged and counts nothing twice, killed twenty times at random moments', async () => {
    using directory = temporaryDirectory();
    const next = randomNumbers(20);
    const acknowledged = new Set<string>();
    let number = 0;
    for (let round = 0; round < 20; round++) {
      const service = await startService(directory.path);
      let alive = true;
      const feed = async (): Promise<void> => {
        while (alive) {
          const numbers = Array.from({ length: 20 }, () => number++);
          for (const { id, status } of await post(service, numbers).catch(() => []))
            if (status !== 'rejected' && id !== null) acknowledged.add(id);
        }
      };
      const before = acknowledged.size;
      const feeding = Promise.all([feed(), feed()]);
      // Every other round waits for an answer first, so that also on a slow machine some are killed with something acknowledged.
      while (round % 2 === 0 && acknowledged.size === before) await sleep(5);
      await sleep(next() * 400);
      alive = false;
      await service.kill();
      await feeding;
    }

    const survivor = await startService(directory.path);
    await survivor.settled();
    const everything = Array.from({ length: number }, (_, at) => at);
    await post(survivor, everything);
    await survivor.settled();
    const held = (await incidents(survivor)).flatMap(({ members }) => members.map(({ id }) => id));

    expect(acknowledged.size).toBeGreaterThan(100);
    expect([...acknowledged].filter((id) => !held.includes(id))).toEqual([]);
    expect(held.sort()).toEqual(everything.map((at) => signalId('embassy-test', `r-${at}`)).sort());
    expect(await survivor.stop()).toBe(0);
  }, 600_000);
});
