// usage: node scripts/run.mjs FILE [ARGUMENT...]: runs a TypeScript file of the project on the pinned Node.
import { runPinned } from './run-pinned.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node scripts/run.mjs FILE [ARGUMENT...]\n');
  process.exit(2);
}
const tools = file.startsWith('tests/') || file.startsWith('scripts/');
process.exitCode = await runPinned([file, ...args], { tools });
