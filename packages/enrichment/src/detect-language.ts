import { eld } from 'eld/small';

/** Text beyond this length says nothing new about the language and costs time. */
const sampleChars = 200;
const leastWords = 4;
const word = /\p{L}{2,}/gu;

/** The language of a signal: the primary subtag of what was posted, else what the text looks like (eld), else null. */
export function detectLanguage(posted: string | undefined, text: string): string | null {
  if (posted !== undefined) {
    const primary = posted.split('-')[0]?.toLowerCase() ?? '';
    return primary === '' || primary === 'und' ? null : primary;
  }
  const sample = text.slice(0, sampleChars);
  if ((sample.match(word)?.length ?? 0) < leastWords) return null;
  const detected = eld.detect(sample);
  return detected.language !== '' && detected.isReliable() ? detected.language : null;
}
