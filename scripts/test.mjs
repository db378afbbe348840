// npm test: every test that needs nothing but Node. Further arguments go to vitest.
import { join } from 'node:path';
import { root } from './install.mjs';
import { runPinned } from './run-pinned.mjs';

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const chosen = process.argv.includes('--project') ? [] : ['unit', 'contract', 'architecture', 'e2e'];
const projects = chosen.flatMap((project) => ['--project', project]);
process.exitCode = await runPinned([vitest, 'run', ...projects, ...process.argv.slice(2)], { tools: true, cwd: root });
