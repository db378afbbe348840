import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultAudiences } from '@samenhang/runtime';
import { loadScenario } from '@samenhang/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocalKafka } from '../../scripts/servers/local-kafka.ts';
import { startLocalMongo } from '../../scripts/servers/local-mongo.ts';
import { type RunningService, startRunningService } from './running-service.ts';
import { createServiceClient, type ServiceClient } from './service-client.ts';

// What an analyst reads may not depend on the engines: the same signals, one scenario after the other, through the service embedded and distributed.

const scenarios = new URL('../scenarios/', import.meta.url);
const files = readdirSync(scenarios).filter((name) => name.endsWith('.yaml'));
const settleMs = 120_000;

interface Run {
  readonly service: RunningService;
  readonly client: ServiceClient;
}

const resources = new AsyncDisposableStack();
let embedded: Run;
let distributed: Run;

function temporaryDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `samenhang-${name}-`));
  resources.defer(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function run(data: string, engines?: { readonly brokers: string; readonly mongodbUri: string }): Promise<Run> {
  const service = await startRunningService({ data, ...(engines === undefined ? {} : { engines }) });
  resources.defer(() => service.stop());
  return { service, client: createServiceClient(data, () => service.url) };
}

beforeAll(async () => {
  const data = temporaryDirectory('scenarios-distributed');
  const broker = await startLocalKafka({ directory: join(data, 'kafka') });
  resources.defer(() => broker.stop());
  const store = await startLocalMongo({ directory: join(data, 'mongo') });
  resources.defer(() => store.stop());
  embedded = await run(temporaryDirectory('scenarios-embedded'));
  distributed = await run(data, { brokers: broker.address, mongodbUri: store.address });
}, 400_000);

afterAll(() => resources.disposeAsync(), 120_000);

test.each(files)('%s gives every audience the same incidents, byte for byte, on both engines', async (file) => {
  const { signals } = await loadScenario(new URL(file, scenarios));

  for (const { client } of [embedded, distributed]) {
    expect(await client.post(signals)).toBe(signals.length);
    await client.settled(settleMs);
  }

  for (const { id } of defaultAudiences) {
    const incidents = await embedded.client.incidents(id);
    expect(await distributed.client.incidents(id)).toBe(incidents);
    if (id === 'fusion-cell') expect(incidents).not.toBe('');
  }
});
