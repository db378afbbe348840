// npm run test:real: every integration and end-to-end suite on real engines. Further arguments go to vitest.
import { join } from 'node:path';
import { root } from './install.mjs';
import { runPinned } from './run-pinned.mjs';

process.exitCode = await runPinned([join(root, 'scripts', 'test-real.ts'), ...process.argv.slice(2)], { tools: true, cwd: root });
