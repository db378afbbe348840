import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEmbeddedEventLog } from '@samenhang/adapter-embedded';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const writer = join(import.meta.dirname, 'log-writer.child.ts');
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'samenhang-log-crash-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Keeps what the writer says was acknowledged. */
function collectAcknowledged(child: ChildProcess, acknowledged: Set<number>): Promise<unknown> {
  if (child.stdout === null) throw new Error('the writer has no output');
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => acknowledged.add(Number(line)));
  return once(lines, 'close');
}

/** Every number that the log holds, read as a process that starts anew reads it. */
async function readNumbers(): Promise<number[]> {
  await using log = await openEmbeddedEventLog({ directory });
  const numbers: number[] = [];
  for (const partition of [0, 1]) {
    let expected = 0;
    for await (const batch of log.read({ topic: 'crash', partition, offset: 0 })) {
      for (const { offset, value } of batch) {
        expect(offset).toBe(expected++);
        if (typeof value === 'object' && value !== null && 'number' in value) numbers.push(Number(value.number));
      }
    }
  }
  return numbers;
}

const missingOf = (acknowledged: ReadonlySet<number>, stored: readonly number[]): number[] => {
  const held = new Set(stored);
  return [...acknowledged].filter((number) => !held.has(number));
};

describe('embedded event log under violence', () => {
  it('loses no acknowledged record in 10 rounds of SIGKILL, and keeps none twice', async () => {
    const acknowledged = new Set<number>();
    for (let round = 0; round < 10; round++) {
      const child = spawn(process.execPath, [writer, directory, String(round * 1_000_000)], { stdio: ['ignore', 'pipe', 'inherit'] });
      const closed = collectAcknowledged(child, acknowledged);
      const before = acknowledged.size;
      while (acknowledged.size === before && child.exitCode === null) await sleep(5);
      await sleep(Math.random() * 300);
      child.kill('SIGKILL');
      await closed;

      const stored = await readNumbers();

      expect(missingOf(acknowledged, stored)).toStrictEqual([]);
      expect(new Set(stored).size).toBe(stored.length);
    }
    expect(acknowledged.size).toBeGreaterThan(100);
  });

  it('answers a full disk with log-unavailable, keeps what it acknowledged, and goes on once there is room', async () => {
    const acknowledged = new Set<number>();
    // A limit on the size of files stands in for a full disk: the kernel refuses to write beyond it.
    const child = spawn('sh', ['-c', `trap '' XFSZ; ulimit -f 4096; exec "$0" "$@"`, process.execPath, writer, directory], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    child.stderr.on('data', (chunk) => said.push(String(chunk)));
    await Promise.all([collectAcknowledged(child, acknowledged), once(child, 'close')]);

    expect(child.exitCode).toBe(3);
    expect(said.join('')).toContain('"code":"log-unavailable"');
    expect(acknowledged.size).toBeGreaterThan(100);
    expect(missingOf(acknowledged, await readNumbers())).toStrictEqual([]);
    await using log = await openEmbeddedEventLog({ directory });
    await log.append('crash', [{ key: 'k', value: { number: -1 } }]);
    expect(await readNumbers()).toContain(-1);
  });

  it('tells when an acknowledged record is missing', () => {
    expect(missingOf(new Set([1, 2, 3]), [1, 3])).toStrictEqual([2]);
  });
});
