import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedViewStore } from '@samenhang/adapter-embedded';
import { benchKey } from './bench-key.ts';
import { type BenchQuestion, benchQuestions } from './bench-questions.ts';
import { type BenchRow, compared } from './bench-row.ts';
import { fillViews } from './bench-views.ts';
import { type ChildServer, startChild } from './child-server.ts';
import { readLatencies } from './load.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const headers = { authorization: `Bearer ${benchKey.key}` };
const connections = 2;
const seconds = 2;

/** The analyst's usual questions at so many incidents, while more come in, each next to a bare Fastify that answers with the same bytes. */
export async function benchQuery(size: number): Promise<readonly BenchRow[]> {
  using directory = temporaryDirectory();
  const answers = join(directory.path, 'answers');
  mkdirSync(answers);
  {
    await using store = await openEmbeddedViewStore({ directory: directory.path, synchronise: async () => undefined });
    await fillViews(store, 'fusion-cell', size, (written) => process.stderr.write(`bench: query: ${written} of ${size} incidents made\n`));
  }
  await using server = await startChild('./query-server.child.ts', ['query', directory.path, String(size)]);
  await using bare = await startChild('./query-server.child.ts', ['bare', answers]);
  const rows: BenchRow[] = [];
  for (const question of await benchQuestions(async (path) => JSON.parse((await asked(server.url + path)).toString()))) {
    process.stderr.write(`bench: query: ${question.name}\n`);
    rows.push(...(await measured(question, { server, bare, answers })));
  }
  return rows;
}

async function asked(url: string): Promise<Buffer> {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

interface Servers {
  readonly server: ChildServer;
  readonly bare: ChildServer;
  /** Where the bare one finds what to answer. */
  readonly answers: string;
}

/** The same answers from both, one after the other. */
async function measured({ name, paths }: BenchQuestion, { server, bare, answers }: Servers): Promise<readonly BenchRow[]> {
  const bodies = await Promise.all(paths.map((path) => asked(server.url + path)));
  const same = bodies.map((body, at) => {
    const file = `${name.replaceAll(/\W+/g, '-')}-${at}`;
    writeFileSync(join(answers, file), body);
    return `/${file}`;
  });
  const before = server.processorSeconds();
  const told = await readLatencies(server.url, { paths, key: benchKey.key, connections }, seconds);
  const processorMs = ((server.processorSeconds() - before) * 1_000) / told.requests;
  const baseline = await readLatencies(bare.url, { paths: same, key: benchKey.key, connections }, seconds);
  const bytes = bodies.reduce((sum, { length }) => sum + length, 0) / bodies.length;
  const note = `${(bytes / 1_000).toFixed(1)} kB, ${processorMs.toFixed(1)} ms of processor each, ${connections} connections`;
  return [
    compared({ name: `${name}, p50`, value: told.p50, unit: 'ms', baseline: baseline.p50, note }),
    compared({ name: `${name}, p99`, value: told.p99, unit: 'ms', baseline: baseline.p99 }),
  ];
}
