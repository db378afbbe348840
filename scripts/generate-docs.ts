// npm run docs [-- --check]: writes the generated documents, or says which are not current and ends with 1.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDocuments } from './docs/generate.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

function current(path: string, text: string): boolean {
  try {
    return readFileSync(`${root}${path}`, 'utf8') === text;
  } catch {
    return false;
  }
}

const stale = [...(await generateDocuments())].filter(([path, text]) => !current(path, text));
if (process.argv.includes('--check')) {
  for (const [path] of stale) process.stderr.write(`not current: ${path} (npm run docs)\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(`${root}${path}`), { recursive: true });
    writeFileSync(`${root}${path}`, text);
    process.stderr.write(`wrote ${path}\n`);
  }
}
