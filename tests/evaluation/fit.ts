// usage: npm run fit -- [FILE...] [--out FILE]: learns the weights of a ruleset from labelled JSONL, and says what each kind of evidence earns. Prints the ruleset as JSON.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { PairClass } from '@samenhang/correlation';
import { features } from './fit-features.ts';
import { type FitStream, fitStream, foldCount, groupStream, outside } from './fit-stream.ts';
import { rulesetOf } from './fitted-ruleset.ts';
import { readLabelled, setName } from './labelled.ts';
import { type Example, learnWeights, scoreOf } from './learn-weights.ts';
import { dense, unseeded } from './variants.ts';

const own = fileURLToPath(new URL('./hybrid.jsonl', import.meta.url));
const ridge = 3;
/** Another seed than the evaluation's, so that its dense stream was never learned from. */
const blurSeed = 2;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const fixed = (value: number): string => value.toFixed(3);

/** Reports of the mission's own kind count most; of the other sets, long texts hardly count for the class `report`: they are about one thing by their making. */
const reportHeavy = (): number => 40;
const mixedMultiplier =
  (rest: number, report: number) =>
  (pairClass: PairClass): number =>
    pairClass === 'report' ? report : rest;

function streamsToLearn(files: readonly string[]): readonly FitStream[] {
  const sets = files.map((file) => ({ name: setName(file), records: readLabelled(file) }));
  const mixed = sets.filter(({ name }) => name !== 'crosssource' && name !== 'hybrid').flatMap(({ records }) => records);
  const reports = sets.filter(({ name }) => name === 'hybrid').flatMap(({ records }) => records);
  return [
    ...(mixed.length === 0
      ? []
      : [
          fitStream('real', mixed, mixedMultiplier(1, 0.15)),
          fitStream('dense', dense(mixed, blurSeed), mixedMultiplier(1, 0.15)),
          fitStream('unseeded', unseeded(mixed), mixedMultiplier(0.5, 0)),
        ]),
    ...(reports.length === 0 ? [] : [fitStream('reports', reports, reportHeavy)]),
  ];
}

const lossOf = (bits: number, { right, weight }: Example): number => weight * Math.log2(1 + 2 ** (right ? -bits : bits));

/** For each feature how much worse the pairs would be told without it: bits of loss, all else equal. */
function earnings(examples: readonly Example[], weights: Float64Array): Float64Array {
  const earned = new Float64Array(features.length);
  for (const example of examples) {
    const bits = scoreOf(example.vector, weights);
    const loss = lossOf(bits, example);
    example.vector.places.forEach((place, at) => {
      const without = bits - (weights[place] ?? 0) * (example.vector.values[at] ?? 0);
      earned[place] = (earned[place] ?? 0) + lossOf(without, example) - loss;
    });
  }
  return earned;
}

function printTable(examples: readonly Example[], weights: Float64Array): void {
  const earned = earnings(examples, weights);
  const total = examples.reduce((sum, example) => sum + lossOf(scoreOf(example.vector, weights), example), 0);
  say(`${examples.length} pairs, ${total.toFixed(0)} bits of loss; bits of each, and what it earns (loss without it):`);
  features.forEach(({ name, priorBits }, place) => {
    const bits = weights[place] ?? 0;
    if (Math.abs(bits) >= 0.1)
      say(
        `  ${name.padEnd(36)} ${bits.toFixed(2).padStart(6)}  from ${priorBits.toFixed(1).padStart(5)}  earns ${(earned[place] ?? 0).toFixed(1)}`,
      );
  });
}

/** Learns without each fold of campaigns in turn and groups every stream with each pair weighed by what was learned without it. */
function crossValidate(streams: readonly FitStream[]): void {
  const rulesets = Array.from({ length: foldCount }, (_, fold) => {
    say(`cross-validation ${fold + 1}/${foldCount}`);
    const known = streams.flatMap((stream) => stream.pairs.filter((pair) => outside(pair, stream, fold)));
    return rulesetOf(`fold-${fold}`, learnWeights(features, known, ridge));
  });
  for (const stream of streams) {
    const { pairwise, bcubed, largest } = groupStream(
      stream,
      (fold) => rulesets[fold] ?? rulesetOf('prior', new Float64Array(features.length)),
    );
    say(
      `held out  ${stream.name.padEnd(9)} P ${fixed(pairwise.precision)} R ${fixed(pairwise.recall)} F1 ${fixed(pairwise.f1)} B3 ${fixed(bcubed.f1)} largest ${largest}`,
    );
  }
}

function main(): number {
  const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
  const streams = streamsToLearn(positionals.length === 0 ? [own] : positionals);
  const examples = streams.flatMap(({ pairs }) => pairs);
  const weights = learnWeights(features, examples, ridge);
  printTable(examples, weights);
  const ruleset = rulesetOf('fitted', weights);
  for (const stream of streams) {
    const { pairwise, bcubed, largest } = groupStream(stream, () => ruleset);
    say(
      `learned   ${stream.name.padEnd(9)} P ${fixed(pairwise.precision)} R ${fixed(pairwise.recall)} F1 ${fixed(pairwise.f1)} B3 ${fixed(bcubed.f1)} largest ${largest}`,
    );
  }
  crossValidate(streams);
  const text = `${JSON.stringify(ruleset, undefined, 2)}\n`;
  if (values.out === undefined) process.stdout.write(text);
  else writeFileSync(values.out, text);
  return 0;
}

process.exitCode = main();
