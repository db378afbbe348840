import { guessLanguage } from './language/guess-language.ts';

/** Text beyond this length says nothing new about the language and costs time. */
const sampleChars = 200;
const leastWords = 4;
const word = /\p{L}{2,}/gu;

function hasWords(sample: string): boolean {
  word.lastIndex = 0;
  let count = 0;
  while (count < leastWords && word.test(sample)) count++;
  return count === leastWords;
}

/** The language of a signal: the primary subtag of what was posted, else what the text looks like, else null. */
export function detectLanguage(posted: string | undefined, text: string): string | null {
  if (posted !== undefined) {
    const primary = posted.split('-')[0]?.toLowerCase() ?? '';
    return primary === '' || primary === 'und' ? null : primary;
  }
  const sample = text.slice(0, sampleChars);
  return hasWords(sample) ? guessLanguage(sample) : null;
}
