// Installs what is missing, with the pinned package manager. Plain JavaScript on the host's Node: nothing is installed yet.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from './run-child.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const pinnedNode = join(root, 'node_modules', '.bin', 'node');
const packageManager = 'pnpm@12.21.0';
const stampFile = join(root, 'node_modules', '.samenhang-installed.json');

const lockHash = () =>
  ['pnpm-lock.yaml', 'pnpm-workspace.yaml']
    .reduce((hash, file) => hash.update(readFileSync(join(root, file))), createHash('sha256'))
    .digest('hex');

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Makes node_modules what the lock file says; tools for development only when asked, and once there they stay. Does nothing when it is already so. */
export async function ensureInstalled({ tools }) {
  const lock = lockHash();
  const stamp = readStamp();
  if (existsSync(pinnedNode) && stamp?.lock === lock && (stamp.tools || !tools)) return;
  const withTools = tools || existsSync(join(root, 'node_modules', 'vitest'));
  process.stderr.write(`installing ${withTools ? 'with the tools for development' : 'what is needed to run'} (once; a few seconds)\n`);
  const args = ['-y', packageManager, 'install', '--frozen-lockfile', ...(withTools ? [] : ['--prod'])];
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  const code = await runChild(npx, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, CI: 'true' } });
  if (code !== 0) {
    process.stderr.write('the installation failed: see above; is the package registry reachable?\n');
    process.exit(code);
  }
  writeFileSync(stampFile, JSON.stringify({ lock, tools: withTools }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureInstalled({ tools: !process.argv.includes('--prod') });
