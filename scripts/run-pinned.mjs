// Runs a file of the project on the pinned Node.
import { ensureInstalled, pinnedNode } from './install.mjs';
import { runChild } from './run-child.mjs';

/** Installs what is missing, runs the file with the arguments, and gives its exit code. */
export async function runPinned(args, { tools, ...options }) {
  await ensureInstalled({ tools });
  return runChild(pinnedNode, args, options);
}
