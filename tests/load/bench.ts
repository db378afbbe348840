// npm run bench -- [ingest|correlate|enrich|query|replay|flow|all] [--backend kafka] [--json] [--size N]: figures next to what they are measured against in the same run.
import { parseArgs } from 'node:util';
import { benchCorrelate } from './bench-correlate.ts';
import { benchEnrich } from './bench-enrich.ts';
import { benchFlow } from './bench-flow.ts';
import { benchIngest } from './bench-ingest.ts';
import { benchKafka } from './bench-kafka.ts';
import { benchQuery } from './bench-query.ts';
import { benchReplay } from './bench-replay.ts';
import { type BenchRow, machine, tableOf } from './bench-row.ts';
import { benchAdapters } from './bench-stages.ts';

const embedded: Readonly<Record<string, readonly ((size: number) => Promise<readonly BenchRow[]>)[]>> = {
  ingest: [benchIngest],
  flow: [benchFlow],
  enrich: [benchEnrich],
  adapters: [benchAdapters],
  correlate: [benchCorrelate],
  query: [benchQuery],
  replay: [benchReplay],
};
/** What `--backend kafka` measures instead: it needs Java and Maven, or a broker that is named. */
const onKafka: typeof embedded = { kafka: [benchKafka] };

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    options: { json: { type: 'boolean' }, size: { type: 'string' }, backend: { type: 'string', default: 'embedded' } },
    allowPositionals: true,
  });
  const [wanted = 'all'] = positionals;
  const size = Number(values.size ?? 20_000);
  const sections = values.backend === 'kafka' ? onKafka : embedded;
  const chosen = wanted === 'all' ? Object.keys(sections) : [wanted];
  if (!chosen.every((name) => Object.hasOwn(sections, name)) || !Number.isInteger(size) || size < 100) {
    process.stderr.write(
      `usage: npm run bench -- [${Object.keys(sections).join('|')}|all] [--backend embedded|kafka] [--json] [--size N]   (N at least 100)\n`,
    );
    return 2;
  }
  const rows: BenchRow[] = [];
  for (const name of chosen) {
    process.stderr.write(`bench: ${name} …\n`);
    for (const measure of sections[name] ?? []) rows.push(...(await measure(size)));
  }
  const about = machine();
  if (values.json === true) process.stdout.write(`${JSON.stringify({ machine: about, rows })}\n`);
  else process.stdout.write(`${about.cpu}, ${about.cores} cores, Node ${about.node}; ${size} signals\n\n${tableOf(rows)}\n`);
  return 0;
}

process.exitCode = await main();
