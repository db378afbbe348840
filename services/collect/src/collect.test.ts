import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openCursorStore } from './cursor-store.ts';
import { retryAfterMs } from './outcome.ts';
import { readConfig } from './read-config.ts';
import { waitAfterFailure } from './run-channel.ts';

const inDirectory = async (work: (directory: string) => Promise<void>): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'cursor-'));
  try {
    await work(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
};

describe('openCursorStore', () => {
  test('gives back what was saved last, also to the next process, under names with any sign', () =>
    inDirectory(async (directory) => {
      const name = 'taxii a http://x/../y?z';
      await (await openCursorStore(directory)).save(name, { a: 1 });
      await (await openCursorStore(directory)).save(name, { a: 2 });

      expect(await (await openCursorStore(directory)).find(name, z.object({ a: z.number() }))).toEqual({ a: 2 });
      expect(await (await openCursorStore(directory)).find('other', z.unknown())).toBeUndefined();
    }));
});

describe('waitAfterFailure', () => {
  test('law: is never less than was asked for, never more than a quarter of an hour of its own, and grows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.nat(1_000_000),
        (failures, chance, asked) => {
          const wait = waitAfterFailure(failures, chance, asked);

          expect(wait).toBeGreaterThanOrEqual(asked);
          expect(waitAfterFailure(failures, chance)).toBeLessThanOrEqual(900_000);
          expect(waitAfterFailure(failures + 1, 0)).toBeGreaterThanOrEqual(waitAfterFailure(failures, 0));
        },
      ),
    );
  });
});

test.each([
  ['7', 7_000],
  ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
  ['999999999', 3_600_000],
  ['soon', undefined],
  [undefined, undefined],
])('reads Retry-After %s as %s ms', (header, ms) => {
  expect(retryAfterMs(header, Date.UTC(2026, 0, 1))).toBe(ms);
});

describe('readConfig', () => {
  test('reads the example that operators start from', async () => {
    const { embassy, ras, sector } = await readConfig(join(import.meta.dirname, '../example.yaml'));

    expect([embassy.length, ras.length, sector.length]).toEqual([1, 1, 2]);
  });

  test('reads channels and names every mistake', () =>
    inDirectory(async (directory) => {
      const file = join(directory, 'collect.yaml');
      await writeFile(file, 'ras:\n  - name: ras-1\n    url: https://taxii.example.org/taxii2/\n');
      expect((await readConfig(file)).ras).toMatchObject([{ name: 'ras-1', everySeconds: 300 }]);

      await writeFile(file, 'ras:\n  - name: RAS 1\n    url: file:///etc\nembasy: []\n');
      await expect(readConfig(file)).rejects.toThrow(/embasy[\s\S]*ras\[0\]\.name[\s\S]*ras\[0\]\.url|ras\[0\][\s\S]*embasy/);
      await expect(readConfig(join(directory, 'missing.yaml'))).rejects.toMatchObject({ code: 'config-invalid' });
    }));
});
