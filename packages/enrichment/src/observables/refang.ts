const inner: ReadonlyMap<string, string> = new Map([
  ['.', '.'],
  ['dot', '.'],
  ['@', '@'],
  ['at', '@'],
  ...['punt', 'punkt', 'point', 'punto', 'kropka', 'точка', 'крапка', 'nokta', 'نقطة'].map((word) => [word, '.'] as const),
  ...['arobase', 'arroba', 'małpa', 'собака', 'kuyruklu'].map((word) => [word, '@'] as const),
  [':', ':'],
  ['://', '://'],
  ['/', '/'],
]);

/** Length of the longest word of these with its brackets. */
export const longestMark = 10;

const closers: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['(', ')'],
  ['{', '}'],
]);

/** An address as analysts write it so that nobody clicks (`hxxp`, `[.]`, `(at)`, `[://]`) as it was meant; other brackets stay. One pass. */
export function refang(text: string): string {
  let clear = '';
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    const closer = closers.get(character);
    const end = closer === undefined ? -1 : text.slice(at + 1, at + 10).indexOf(closer);
    const meant = end < 0 ? undefined : inner.get(text.slice(at + 1, at + 1 + end).toLowerCase());
    clear += meant ?? character;
    at += meant === undefined ? 1 : end + 2;
  }
  return clear.replace(/^h(?:xx|\*\*|XX)p/i, 'http').replace(/^fxp:/i, 'ftp:');
}

/** True for a lone mark that stands for a dot or an at sign, as in `name [at] host [dot] org`. */
export const isLoneMark = (text: string): boolean =>
  text.length >= 3 && text.length <= longestMark && closers.has(text[0] ?? '') && refang(text).length === 1;
