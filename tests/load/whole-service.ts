import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type PostResult } from '@samenhang/client';
import type { SignalDraft } from '@samenhang/domain';
import { z } from 'zod';
import { type ChildServer, startChild } from './child-server.ts';

const ClientFile = z.object({ keys: z.object({ adapter: z.string(), analyst: z.string(), operator: z.string() }) });

export interface WholeService extends AsyncDisposable {
  readonly server: ChildServer;
  readonly keys: z.infer<typeof ClientFile>['keys'];
  post(signals: Iterable<SignalDraft> | AsyncIterable<SignalDraft>, itemsPerRequest?: number): AsyncGenerator<PostResult>;
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  settled(): Promise<void>;
}

/** Everything in one process, as `npm start` runs it, on a data directory. */
export async function startWhole(data: string): Promise<WholeService> {
  const server = await startChild('../../services/standalone/src/main.ts', ['--port', '0', '--data', data]);
  const { keys } = ClientFile.parse(JSON.parse(readFileSync(join(data, 'client.json'), 'utf8')));
  const client = (key: string) => createClient({ url: server.url, key });
  const operator = client(keys.operator);
  return {
    server,
    keys,
    post: (signals, itemsPerRequest = 1_000) => client(keys.adapter).postSignals(signals, { itemsPerRequest }),
    get: (path, schema) => client(keys.analyst).get(path, schema),
    async settled() {
      while (!(await operator.get('/v1/pipeline', z.object({ settled: z.boolean() }))).settled) await sleep(20);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
