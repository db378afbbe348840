// Runs a file of the project on the pinned Node.
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, root } from './install.mjs';
import { runChild } from './run-child.mjs';

/** Where Node keeps what it compiled, so that the next start takes half the time; gone with node_modules. */
const compiled = join(root, 'node_modules', '.cache', 'compiled');

/** Installs what is missing, runs the file with the arguments, and gives its exit code. */
export async function runPinned(args, { tools, ...options }) {
  await ensureInstalled({ tools });
  return runChild(pinnedNode, args, { env: { NODE_COMPILE_CACHE: compiled, ...process.env }, ...options });
}
