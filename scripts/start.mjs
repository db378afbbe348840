// npm start: installs what is needed, then runs every service in one process.
import { join } from 'node:path';
import { root } from './install.mjs';
import { runPinned } from './run-pinned.mjs';

const main = join(root, 'services', 'standalone', 'src', 'main.ts');
process.exitCode = await runPinned([main, ...process.argv.slice(2)], { tools: false });
