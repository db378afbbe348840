import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { sendEvents } from './send-events.ts';

async function* inBatches(...batches: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* batches;
}
const patient = { signal: new AbortController().signal, patienceMs: 60_000 };

test('a client that reads is sent everything, in order, however little its connection buffers', async () => {
  const read: string[] = [];
  const out = new Writable({
    highWaterMark: 2,
    write(chunk, _encoding, done) {
      read.push(String(chunk));
      setImmediate(done);
    },
  });

  await sendEvents(out, inBatches(['one', 'two'], ['three']), patient);

  expect(read).toEqual(['one', 'two', 'three']);
  expect(out.writableEnded).toBe(true);
});

test('a client that does not read is held no more than one event, then cut off', async () => {
  let taken = 0;
  async function* endless(): AsyncGenerator<readonly string[]> {
    for (;;) {
      taken++;
      yield ['event'];
    }
  }
  const out = new Writable({ highWaterMark: 2, write: () => undefined });

  await sendEvents(out, endless(), { ...patient, patienceMs: 1 });

  expect(taken).toBe(1);
  expect(out.destroyed).toBe(true);
});

test('a stream that is ended from our side waits for no client', async () => {
  const stop = new AbortController();
  const out = new Writable({ highWaterMark: 2, write: () => stop.abort() });

  await sendEvents(out, inBatches(['one', 'two']), { ...patient, signal: stop.signal });

  expect(out.destroyed).toBe(true);
});
