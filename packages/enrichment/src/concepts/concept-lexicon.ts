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

/** The lexicon of a language (ISO 639-1); the English one where there is none. Compiled once. */
export function lexiconOf(language: string): Lexicon {
  const known = compiled.get(language);
  if (known !== undefined) return known;
  entries ??= readEntries();
  const spoken = entries.some(({ words }) => language in words) ? language : 'en';
  const lexicon = spoken === language ? compile(entries, language) : lexiconOf(spoken);
  compiled.set(language, lexicon);
  return lexicon;
}

function compile(all: readonly Entry[], language: string): Lexicon {
  const phrases: Phrase[] = [];
  const trie = new StemTrie();
  for (const { concept: id, domain, sector, words } of all) {
    const concept: Concept = { id, domains: domain, sectors: sector };
    for (const written of words[language] ?? []) {
      const [first, ...rest] = written
        .split(/[\s-]+/)
        .filter((part) => part !== '' && part !== '*')
        .map(stemOf);
      if (first === undefined || first.text === '') continue;
      trie.add(first.text, phrases.length);
      phrases.push({ concept, first, rest });
    }
  }
  return { phrases, trie };
}
