import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackends } from '../../packages/backends/src/index.ts';
import { defaultRuleset } from '../../packages/correlation/src/index.ts';
import { topicSettings } from '../../packages/events/src/index.ts';
import {
  auditPlacesOf,
  createKeyRing,
  createLogger,
  createMetrics,
  createReadiness,
  createStageCounters,
  type HttpApp,
  type KeyRing,
  loadConfig,
  openAuditFile,
} from '../../packages/runtime/src/index.ts';
import { createApp } from '../../services/standalone/src/index.ts';

/** Gives the app of a service with the default configuration and its keys, none yet, on an empty data directory that is removed afterwards. */
export async function withReferenceApp<T>(use: (app: HttpApp, keys: KeyRing) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'samenhang-docs-'));
  await using resources = new AsyncDisposableStack();
  resources.defer(() => rmSync(directory, { recursive: true, force: true }));
  const config = await loadConfig({ env: {}, flags: { data: directory } });
  const outside = resources.use(await openBackends({ data: directory }));
  await outside.log.ensureTopics(topicSettings(config.audiences.length));
  const audit = resources.use(await openAuditFile({ ...auditPlacesOf(config), service: 'docs', now: Date.now }));
  const parts = { outside, config, rulesetOf: () => defaultRuleset, metrics: createMetrics(), audit };
  const pipeline = { ingest: createStageCounters('ingest'), readers: [], status: async () => ({ settled: true, stages: [] }) };
  const keys = createKeyRing([], Date.now);
  const app = await createApp(parts, pipeline, keys, { logger: createLogger('docs', 'silent'), readiness: createReadiness(), resources });
  await app.ready();
  return await use(app, keys);
}
