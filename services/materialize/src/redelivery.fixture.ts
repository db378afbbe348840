import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedViewStore } from '@samenhang/adapter-embedded';
import type { DeliveredRecord, ViewStore } from '@samenhang/ports';
import { createBatchHandler, createLogger, createTracer, type Step } from '@samenhang/runtime';
import fc from 'fast-check';

/** The values as records of one partition. */
export const recordsOf = (topic: string, values: readonly unknown[]): readonly DeliveredRecord[] =>
  values.map((value, offset) => ({
    topic,
    partition: 0,
    offset,
    key: '',
    value: JSON.parse(JSON.stringify(value)),
    headers: {},
    timestampMs: 1_000 * offset,
    bytes: () => new Uint8Array(),
  }));

/** How a log is delivered: the size of each batch, and whether its commit is lost so that it comes again, cut anew. */
export const anyDelivery = fc.array(fc.record({ size: fc.integer({ min: 1, max: 7 }), lost: fc.boolean() }), { maxLength: 20 });
export type Delivery = readonly { readonly size: number; readonly lost: boolean }[];

/** Runs the step over the records as delivered, until all are committed. */
export async function deliver<In>(step: Step<In>, records: readonly DeliveredRecord[], delivery: Delivery): Promise<void> {
  const nowhere = { append: async () => [] };
  const handle = createBatchHandler(step, { log: nowhere as never, logger: createLogger('test', 'silent') }, createTracer());
  let committed = 0;
  for (let turn = 0; committed < records.length; turn++) {
    const { size, lost } = delivery[turn] ?? { size: 5, lost: false };
    await handle(records.slice(committed, committed + size));
    if (!lost) committed = Math.min(records.length, committed + size);
  }
}

/** Gives an empty store to a test and takes it away again. */
export async function withStore<T>(use: (store: ViewStore) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'materialize-'));
  const store = await openEmbeddedViewStore({ directory, synchronise: async () => undefined });
  try {
    return await use(store);
  } finally {
    await store[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  }
}
