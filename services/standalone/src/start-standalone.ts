import { topicSettings } from '@samenhang/events';
import {
  auditPlacesOf,
  type Config,
  clientFileOf,
  createMetrics,
  ensureFirstKeys,
  keyFileOf,
  loadRulesets,
  openAuditFile,
  openKeyRing,
  recordFirstKeys,
  type ServiceContext,
  watchHealth,
} from '@samenhang/runtime';
import { createApp } from './create-app.ts';
import { addressOf, listen } from './listen.ts';
import { type Outside, startPipeline } from './start-pipeline.ts';

/** Starts every service in this process on what the configuration chooses; gives the address once requests are answered. */
export async function startStandalone(
  outside: Outside,
  config: Config,
  context: ServiceContext,
  print: (line: string) => void,
): Promise<string> {
  const { resources, readiness } = context;
  const rulesetOf = await loadRulesets(config);
  await outside.log.ensureTopics(topicSettings(config.audiences.length));
  const firstKeys = ensureFirstKeys(config.data, addressOf(config), Date.now());
  const audit = resources.use(await openAuditFile({ ...auditPlacesOf(config), service: 'standalone', now: Date.now }));
  if (firstKeys !== undefined) await recordFirstKeys(audit, firstKeys, Date.now());
  const parts = { outside, config, rulesetOf, metrics: createMetrics(), audit };
  const pipeline = await startPipeline(parts, context);
  const app = await createApp(parts, pipeline, openKeyRing(keyFileOf(config.data)), context);
  const address = await listen(app, config);
  ensureFirstKeys(config.data, address, Date.now());
  resources.use(watchHealth(readiness, { log: () => outside.log.check(), store: () => outside.views.check(), audit: () => audit.check() }));
  if (firstKeys !== undefined) printKeys(firstKeys, config.data, print);
  return address;
}

function printKeys(keys: Readonly<Record<string, string>>, data: string, print: (line: string) => void): void {
  print('first keys, shown this once (only their hashes are kept):');
  for (const [role, key] of Object.entries(keys)) print(`  ${role.padEnd(8)} ${key}`);
  print(`the client on this machine finds them in ${clientFileOf(data)}`);
}
