/** Words seen lately; reports use the same words over and over. */
const recent = new Map<string, string>();
const mostRecent = 50_000;

/** A word as the lexicon compares it: lower case, without accents, vowel signs and the dot of a Turkish i; scripts are kept apart. */
export function plainWord(word: string): string {
  if (isAscii(word)) return word.toLowerCase();
  const known = recent.get(word);
  if (known !== undefined) return known;
  if (recent.size >= mostRecent) recent.clear();
  const plain = word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ı', 'i');
  recent.set(word, plain);
  return plain;
}

function isAscii(word: string): boolean {
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) > 127) return false;
  return true;
}
