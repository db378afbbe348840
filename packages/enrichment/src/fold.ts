import anyAscii from 'any-ascii';

const isAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
};

/** Lower-case ASCII letters and digits of a word in any script (any-ascii transliteration): words that differ in case, accents, normal form or script marks fold to one. */
export function fold(word: string): string {
  if (isAscii(word)) return word.toLowerCase();
  return anyAscii(word.normalize('NFC'))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
