// usage: node packages/enrichment/build-language-ngrams.ts: writes data/language-ngrams.bin, by which the language of a text is told, from the "small" database of eld (Apache-2.0).
// Layout: one line of JSON (languages, the least score of each to be relied upon, eld's character for each byte from 128 on), a bit for each unit that is a letter to eld, then per
// n-gram its length, its characters, the number of languages that have it, and a language and score for each.
import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';

const eldFile = (path: string): string => new URL(`./node_modules/eld/src/${path}`, import.meta.url).href;
const { ngramsData } = await import(eldFile('ngrams/small.js'));
const { dictionary } = await import(eldFile('dictionary.js'));
const { avgScore } = await import(eldFile('avgScore.js'));
const { separators } = await import(eldFile('regexPatterns.js'));

/** What eld's `isReliable` asks of the average score of a language. */
const reliableShare = 0.75;

const languages: readonly string[] = Object.values(ngramsData.languages);
const header = {
  languages,
  leastScores: languages.map((language) => avgScore[language] * reliableShare),
  highBytes: dictionary.slice(128).map((character: string) => character.charCodeAt(0)),
};
const letters = new Uint8Array(0x10000 / 8);
for (let unit = 0; unit < 0x10000; unit++) {
  // A letter between letters is no separator, whatever eld does with apostrophes.
  const isLetter = `a${String.fromCharCode(unit)}a`.replace(separators, '').length === 3 && ![0x27, 0x60, 0x2019].includes(unit);
  if (isLetter) letters[unit >> 3] = (letters[unit >> 3] ?? 0) | (1 << (unit & 7));
}
const ngrams: number[] = [];
for (const [ngram, scores] of Object.entries<Record<string, number>>(ngramsData.ngrams)) {
  const pairs = Object.entries(scores).map(([language, score]) => [Number(language), score]);
  ngrams.push(ngram.length, ...[...ngram].map((character) => character.charCodeAt(0)), pairs.length, ...pairs.flat());
}
if (ngrams.some((value) => value > 255)) throw new Error('a value does not fit a byte');
const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), letters, Uint8Array.from(ngrams)]);
writeFileSync(new URL('./data/language-ngrams.bin', import.meta.url), bytes);
process.stdout.write(`${Object.keys(ngramsData.ngrams).length} n-grams, ${bytes.length} bytes\n`);
