import { readFileSync } from 'node:fs';
import { WordTable } from './word-table.ts';

interface Gazetteer {
  readonly names: WordTable;
  /** The first words of the names of several words. */
  readonly beginnings: WordTable;
}

let known: Gazetteer | undefined;

const tableOf = (words: Iterable<string>): WordTable => new WordTable(new Map([...words].map((word) => [word, 0])));

/** Folded names of towns of some size and of countries, as `build-gazetteer.ts` wrote them. Read at first use. */
function gazetteer(): Gazetteer {
  if (known === undefined) {
    const names = readFileSync(new URL('../data/places.txt', import.meta.url), 'utf8').split('\n');
    const beginnings = names.flatMap((name) => (name.includes(' ') ? [name.slice(0, name.indexOf(' '))] : []));
    known = { names: tableOf(names), beginnings: tableOf(beginnings) };
  }
  return known;
}

/** True for the folded name of a town or country, given with its hash. */
export const isPlace = (name: string, hash: number): boolean => gazetteer().names.has(name, hash);

/** True for the folded first word of a town or country of several words, given with its hash. */
export const beginsPlace = (word: string, hash: number): boolean => gazetteer().beginnings.has(word, hash);
