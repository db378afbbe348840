// usage: node scripts/run.mjs tests/evaluation/extraction.ts [FILE...]: scores the extraction of observables on hand-labelled texts, next to ioc-extractor in the same run.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { domainToASCII, fileURLToPath } from 'node:url';
import { Observable } from '@samenhang/domain';
import { extractObservables } from '@samenhang/enrichment';
import { z } from 'zod';
import { extractByOracle, oracleTypes } from './ioc-oracle.ts';
import { type Quality, qualityOf } from './metrics.ts';

/** A report text with every observable that a careful analyst would take from it, in its one form. */
export const LabelledText = z.strictObject({ lang: z.string(), text: z.string(), observables: z.array(Observable) });
export type LabelledText = z.infer<typeof LabelledText>;

/** How well one extractor did: `right` is both expected and found. */
export interface ExtractionScore extends Quality {
  readonly right: number;
  readonly found: number;
}

/** One type or language; the oracle's score is there where it claims to know the type. */
export interface ExtractionRow {
  readonly name: string;
  readonly expected: number;
  readonly ours: ExtractionScore;
  readonly oracle?: ExtractionScore;
}

export interface ExtractionMeasured {
  readonly texts: number;
  readonly all: ExtractionRow;
  /** Both extractors on the types that both look for. */
  readonly shared: ExtractionRow;
  readonly types: readonly ExtractionRow[];
  readonly languages: readonly ExtractionRow[];
}

const own = fileURLToPath(new URL('./extraction.jsonl', import.meta.url));
/** Thirty more texts, labelled after the hundred had corrected the extractor. First measured, before anything was corrected by them: precision .965, recall .921. */
export const unseenFile = fileURLToPath(new URL('./extraction-unseen.jsonl', import.meta.url));

/** The labelled texts of a file with one JSON object per line; throws on a line of another form. */
export const readLabelledTexts = (file: string = own): readonly LabelledText[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => LabelledText.parse(JSON.parse(line)));

/**
 * Precision and recall of our extraction and of `ioc-extractor`, by type and language. A value counts once per text. The host of an address, of a mail address or of a
 * network that was labelled is neither right nor wrong: `ioc-extractor` gives it besides the whole.
 */
export function measureExtraction(texts: readonly LabelledText[] = readLabelledTexts()): ExtractionMeasured {
  const read = texts.map(readText);
  const types = [...new Set(read.flatMap(({ expected, ours }) => [...expected, ...ours].map(({ type }) => type)))].sort();
  const languages = [...new Set(read.map(({ lang }) => lang))];
  return {
    texts: texts.length,
    all: rowOf('all types', read, () => true, false),
    shared: rowOf('shared types', read, ({ type }) => oracleTypes.has(type), true),
    types: types.map((type) => rowOf(type, read, (item) => item.type === type, oracleTypes.has(type))),
    languages: languages.map((lang) =>
      rowOf(
        lang,
        read.filter((one) => one.lang === lang),
        () => true,
        false,
      ),
    ),
  };
}

interface ReadText {
  readonly lang: string;
  readonly expected: readonly Observable[];
  readonly ours: readonly Observable[];
  readonly oracle: readonly Observable[];
}

const keyOf = ({ type, value }: Observable): string => `${type} ${value}`;

function readText({ lang, text, observables }: LabelledText): ReadText {
  const labels = new Set(observables.map(keyOf));
  const implied = new Set(observables.flatMap(hostOf).filter((key) => !labels.has(key)));
  const counted = (items: readonly Observable[]): readonly Observable[] =>
    [...new Map(items.map((item) => [keyOf(item), { type: item.type, value: item.value }])).values()].filter(
      (item) => !implied.has(keyOf(item)),
    );
  return { lang, expected: observables, ours: counted(extractObservables(text)), oracle: counted(extractByOracle(text)) };
}

const hostOfValue: ReadonlyMap<string, (value: string) => string> = new Map([
  ['url', (value: string) => (URL.canParse(value) ? new URL(value).hostname : '')],
  ['email', (value: string) => domainToASCII(value.slice(value.lastIndexOf('@') + 1))],
  ['cidr', (value: string) => value.slice(0, value.indexOf('/'))],
  ['account', (value: string) => value.slice(0, Math.max(0, value.indexOf('/')))],
]);

function hostOf({ type, value }: Observable): readonly string[] {
  const host = hostOfValue.get(type)?.(value) ?? '';
  if (host === '') return [];
  const hosts = [`domain ${host}`, `ipv4 ${host}`, `ipv6 ${host}`];
  return type === 'account' ? [...hosts, `url https://${value}`] : hosts;
}

function rowOf(name: string, read: readonly ReadText[], wanted: (item: Observable) => boolean, known: boolean): ExtractionRow {
  const expected = read.reduce((sum, one) => sum + one.expected.filter(wanted).length, 0);
  const scoreOf = (itemsOf: (one: ReadText) => readonly Observable[]): ExtractionScore => {
    let right = 0;
    let found = 0;
    for (const one of read) {
      const labels = new Set(one.expected.map(keyOf));
      const items = itemsOf(one).filter(wanted);
      found += items.length;
      right += items.filter((item) => labels.has(keyOf(item))).length;
    }
    return { right, found, ...qualityOf(found === 0 ? 1 : right / found, expected === 0 ? 1 : right / expected) };
  };
  const ours = scoreOf((one) => one.ours);
  return known ? { name, expected, ours, oracle: scoreOf((one) => one.oracle) } : { name, expected, ours };
}

const scoreText = ({ right, found, precision, recall, f1 }: ExtractionScore): string =>
  `${String(found).padStart(4)} ${String(right).padStart(4)}  ${precision.toFixed(3)} ${recall.toFixed(3)} ${f1.toFixed(3)}`;

const rowText = ({ name, expected, ours, oracle }: ExtractionRow): string =>
  `${name.padEnd(18)}${String(expected).padStart(5)}   ${scoreText(ours)}${oracle === undefined ? '' : `   ${scoreText(oracle)}`}`;

/** The measurement as a table for people. */
export function tableOf({ texts, all, shared, types, languages }: ExtractionMeasured): string {
  const head = (name: string): string =>
    `${name.padEnd(18)}label   ours: found right  P     R     F1   ioc-extractor: found right  P     R     F1`;
  return [
    `${texts} texts`,
    head('type'),
    ...types.map(rowText),
    rowText(all),
    rowText(shared),
    head('language'),
    ...languages.map(rowText),
  ].join('\n');
}

if (import.meta.main) {
  const files = process.argv.slice(2);
  for (const file of files.length === 0 ? [own, unseenFile] : files) {
    process.stdout.write(`${basename(file)}: ${tableOf(measureExtraction(readLabelledTexts(file)))}\n\n`);
  }
}
