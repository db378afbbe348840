// usage: node scripts/run.mjs scripts/create-first-keys.ts --data DIR --url URL
// Makes the three first keys of a deployment, prints them once, and keeps only their hashes in DIR/keys.json. Does nothing where there are keys.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { auditPlacesOf, ensureFirstKeys, keyFileOf, openAuditFile, recordFirstKeys } from '../packages/runtime/src/index.ts';

const { values } = parseArgs({
  options: { data: { type: 'string', default: '/data' }, url: { type: 'string', default: 'http://127.0.0.1:8080' } },
});
const keys = ensureFirstKeys(values.data, values.url, Date.now());
if (keys === undefined) process.stderr.write(`${keyFileOf(values.data)} is there already; no key was made\n`);
else {
  await using audit = await openAuditFile({ ...auditPlacesOf(values), service: 'first-keys', now: Date.now });
  await recordFirstKeys(audit, keys, Date.now());
  for (const [role, key] of Object.entries(keys)) process.stdout.write(`${role} ${key}\n`);
}
