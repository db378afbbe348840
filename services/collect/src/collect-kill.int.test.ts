import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { TaxiiCursor } from './collect-taxii.ts';
import { openCursorStore } from './cursor-store.ts';
import { addedAt, anIndicator, startIngest, startTaxii } from './servers.fixture.ts';

test('loses and doubles nothing when the process is killed again and again', { timeout: 180_000 }, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'kill-'));
  await using taxii = await startTaxii();
  await using ingest = await startIngest();
  const config = join(directory, 'collect.yaml');
  await writeFile(
    config,
    JSON.stringify({
      service: ingest.url,
      data: directory,
      privateNetworks: true,
      limits: { pages: 2 },
      ras: [{ name: 'ras-1', url: `${taxii.url}/taxii2/`, username: 'me', passwordFrom: 'TAXII_PASSWORD', pageSize: 3, everySeconds: 1 }],
    }),
  );
  const start = (): ChildProcess =>
    spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--channel', 'ras', '--config', config], {
      env: { ...process.env, SAMENHANG_KEY: 'k', TAXII_PASSWORD: 'secret' },
      stdio: 'ignore',
    });
  const cursors = await openCursorStore(join(directory, 'cursors'));
  const place = () => cursors.find(`taxii ras-1 ${taxii.url}/root/collections/c1/`, TaxiiCursor);

  let count = 0;
  for (let round = 0; round < 6; round += 1) {
    for (let more = 0; more < 10; more += 1) taxii.added.push({ at: addedAt(++count), object: anIndicator(count) });
    const requests = taxii.asked.length;
    const child = start();
    const ended = new Promise((done) => child.once('exit', done));
    // Kills somewhere between the first request and the last post of this round.
    while (taxii.asked.length < requests + 2 + round) await sleep(5);
    child.kill('SIGKILL');
    await ended;
  }
  const child = start();
  const ended = new Promise((done) => child.once('exit', done));
  while ((await place())?.addedAfter !== addedAt(count)) await sleep(50);
  child.kill('SIGTERM');
  await ended;

  expect(ingest.accepted.size).toBe(count);
  expect(await place()).toEqual({ addedAfter: addedAt(count) });
  await rm(directory, { recursive: true });
});
