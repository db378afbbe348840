import { readFileSync } from 'node:fs';
import { plainWord } from './plain-word.ts';
import { StemTrie } from './stem-trie.ts';

/** Something that threat reports talk about, in whatever language: a substation, a referendum, a storm. */
export interface Concept {
  readonly id: string;
  /** Domains of the lexicon; `benign-cause` marks what explains an event away. */
  readonly domains: readonly string[];
  readonly sectors: readonly string[];
}

/** One word of a phrase; with `open` any ending will do. */
export interface Stem {
  readonly text: string;
  readonly open: boolean;
}

/** A way to say a concept: its first word is in the trie, these words must follow. */
export interface Phrase {
  readonly concept: Concept;
  readonly first: Stem;
  readonly rest: readonly Stem[];
}

/** The lexicon of one language, ready to be looked up. */
export interface Lexicon {
  readonly phrases: readonly Phrase[];
  readonly trie: StemTrie;
  /** One for every beginning of a stem; all ones when a stem is too short to tell. */
  readonly beginnings: Uint8Array;
}

interface Entry {
  readonly concept: string;
  readonly domain: readonly string[];
  readonly sector: readonly string[];
  readonly words: Readonly<Record<string, readonly string[]>>;
}

let entries: readonly Entry[] | undefined;
const compiled = new Map<string, Lexicon>();

const readEntries = (): readonly Entry[] =>
  readFileSync(new URL('../../data/concepts.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Entry => JSON.parse(line));

const stemOf = (written: string): Stem => ({ text: plainWord(written.replace(/\*$/, '')), open: written.endsWith('*') });

let spoken: ReadonlySet<string> | undefined;

/** The lexicon of a language (ISO 639-1); the English one where there is none. Compiled once. */
export function lexiconOf(language: string): Lexicon {
  const known = compiled.get(language);
  if (known !== undefined) return known;
  entries ??= readEntries();
  spoken ??= new Set(entries.flatMap(({ words }) => Object.keys(words)));
  if (!spoken.has(language)) return lexiconOf('en');
  const lexicon = compile(entries, language);
  compiled.set(language, lexicon);
  return lexicon;
}

/** Most words begin like none of a lexicon's stems. */
const beginningLetters = 3;
const beginningSpace = 2 ** 13;
const beginningOf = (plain: string): number =>
  (plain.charCodeAt(0) * 961 + plain.charCodeAt(1) * 31 + plain.charCodeAt(2)) & (beginningSpace - 1);

const noPhrases: readonly Phrase[] = [];

/** The phrases that a word may begin, those with the shortest first word first. */
export function phrasesFrom({ trie, phrases, beginnings }: Lexicon, plain: string): readonly Phrase[] {
  if (plain.length >= beginningLetters && beginnings[beginningOf(plain)] === 0) return noPhrases;
  let begun: Phrase[] | undefined;
  trie.walk(plain, 0, (number, end) => {
    const phrase = phrases[number];
    if (phrase === undefined || (!phrase.first.open && end !== plain.length)) return;
    begun ??= [];
    begun.push(phrase);
  });
  return begun ?? noPhrases;
}

function compile(all: readonly Entry[], language: string): Lexicon {
  const phrases: Phrase[] = [];
  const trie = new StemTrie();
  const beginnings = new Uint8Array(beginningSpace);
  for (const { concept: id, domain, sector, words } of all) {
    const concept: Concept = { id, domains: domain, sectors: sector };
    for (const written of words[language] ?? []) {
      const [first, ...rest] = written
        .split(/[\s-]+/)
        .filter((part) => part !== '' && part !== '*')
        .map(stemOf);
      if (first === undefined || first.text === '') continue;
      trie.add(first.text, phrases.length);
      if (first.text.length >= beginningLetters) beginnings[beginningOf(first.text)] = 1;
      else if (first.open) beginnings.fill(1);
      phrases.push({ concept, first, rest });
    }
  }
  return { phrases, trie, beginnings };
}
