// npm run check: types, lint, and generated documents that are current. Runs all of them and says which failed.
import { join } from 'node:path';
import { root } from './install.mjs';
import { runPinned } from './run-pinned.mjs';

const tool = (...path) => join(root, 'node_modules', ...path);
const checks = [
  ['types', [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', join(root, 'tsconfig.json')]],
  ['lint', [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', root]],
  ['generated documents', [join(root, 'scripts', 'generate-docs.ts'), '--check']],
];
const failed = [];
for (const [name, args] of checks) {
  process.stderr.write(`check: ${name}\n`);
  if ((await runPinned(args, { tools: true, cwd: root })) !== 0) failed.push(name);
}
process.stderr.write(failed.length === 0 ? 'check: all passed\n' : `check: FAILED ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
