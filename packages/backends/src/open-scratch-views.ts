import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedViewStore } from '@samenhang/adapter-embedded';
import type { ViewStore } from '@samenhang/ports';

/** An empty store for what is worked out once and thrown away; disposing removes it. Nothing in it is durable. */
export async function openScratchViews(): Promise<ViewStore> {
  const directory = await mkdtemp(join(tmpdir(), 'samenhang-scratch-'));
  const store = await openEmbeddedViewStore({ directory, synchronise: async () => undefined });
  return {
    ...store,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
