// usage: npm run evaluate -- [FILE...] [--json] [--svg FILE] [--ruleset FILE]: scores labelled JSONL with the product's code, next to naive methods in the same run.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defaultRuleset, Ruleset, rulesetVersion } from '@samenhang/correlation';
import { type EvaluationRow, evaluateStream, type Scores } from './evaluate-stream.ts';
import { pictureOf } from './picture.ts';
import { type LabelledStream, streamsOf } from './streams.ts';

const own = fileURLToPath(new URL('./hybrid.jsonl', import.meta.url));
const fixed = (value: number): string => value.toFixed(3);

const scoresLine = ({ pairwise, bcubed, largest, reviewPer100, seconds }: Scores): string =>
  `P ${fixed(pairwise.precision)} R ${fixed(pairwise.recall)} F1 ${fixed(pairwise.f1)}  B3 ${fixed(bcubed.precision)}/${fixed(bcubed.recall)} F1 ${fixed(bcubed.f1)}  ` +
  `largest ${largest}  review/100 ${reviewPer100.toFixed(1)}  ${seconds.toFixed(1)} s`;

const rowText = ({ name, signals, engine, naive }: EvaluationRow): string =>
  [
    `${name} (${signals})`,
    `  engine      ${scoresLine(engine)}`,
    ...Object.entries(naive).map(([method, scores]) => `  ${method.padEnd(11)} ${scoresLine(scores)}`),
  ].join('\n');

const jsonRow = ({ reliability: _, ...row }: EvaluationRow): object => row;

function evaluateAll(streams: readonly LabelledStream[], ruleset: Ruleset): readonly EvaluationRow[] {
  return streams.map(({ name, records }, at) => {
    process.stderr.write(`${at + 1}/${streams.length} ${name} (${records.length} signals)\n`);
    return evaluateStream(name, records, ruleset);
  });
}

const options = { json: { type: 'boolean' }, svg: { type: 'string' }, ruleset: { type: 'string' } } as const;

function main(): number {
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : error}\nusage: npm run evaluate -- [FILE...] [--json] [--svg FILE] [--ruleset FILE]\n`,
    );
    return 2;
  }
  const { values, positionals } = parsed;
  const ruleset = values.ruleset === undefined ? defaultRuleset : Ruleset.parse(JSON.parse(readFileSync(values.ruleset, 'utf8')));
  const rows = evaluateAll(streamsOf(positionals.length === 0 ? [own] : positionals), ruleset);
  if (values.json === true) process.stdout.write(`${JSON.stringify({ ruleset: rulesetVersion(ruleset), rows: rows.map(jsonRow) })}\n`);
  else process.stdout.write(`ruleset ${rulesetVersion(ruleset)}\n${rows.map(rowText).join('\n')}\n`);
  if (values.svg !== undefined) writeFileSync(values.svg, pictureOf(rows));
  return 0;
}

process.exitCode = main();
