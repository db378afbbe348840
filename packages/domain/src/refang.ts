/** The words that stand for a dot and an at sign between brackets: nl, de, fr, es, it, pl, ru, uk, tr, ar. */
const meanings: ReadonlyMap<string, string> = new Map([
  ...['dot', 'punt', 'punkt', 'point', 'punto', 'kropka', 'точка', 'крапка', 'nokta', 'نقطة'].map((word) => [word, '.'] as const),
  ...['at', 'arobase', 'arroba', 'małpa', 'собака', 'kuyruklu'].map((word) => [word, '@'] as const),
]);

/** Each run of brackets is entered once, so that it is linear in the text, whatever it holds. */
const fanged = new RegExp(`(?<![[({])[[({]+(\\.|@|://|:|/|${[...meanings.keys()].join('|')})[\\])}]+`, 'giu');
const meant = (_all: string, inside: string): string => meanings.get(inside.toLowerCase()) ?? inside;

/**
 * An address as analysts write it so that nobody clicks (`hxxp`, `[.]`, `(at)`, `[punkt]`, `[:][/][/]`) as it was meant; other brackets stay. Doing it twice is the same as once: the
 * second pass finds `[://]` that the first put together.
 */
export const refang = (text: string): string =>
  /[[({]/.test(text) ? refangScheme(text.replace(fanged, meant).replace(fanged, meant)) : refangScheme(text);

const refangScheme = (text: string): string => text.replace(/^h(?:xx|\*\*)p/iu, 'http').replace(/^fxp:/iu, 'ftp:');
