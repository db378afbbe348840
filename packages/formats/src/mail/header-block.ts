/** What a report's header block may say; keys in the languages that posts write in. */
export type BlockKey =
  | 'grade'
  | 'reliability'
  | 'credibility'
  | 'marking'
  | 'communities'
  | 'exercise'
  | 'place'
  | 'country'
  | 'observed'
  | 'reference'
  | 'supersedes'
  | 'kind'
  | 'source'
  | 'sector'
  | 'theme'
  | 'target'
  | 'origin'
  | 'language';

const keys: ReadonlyMap<string, BlockKey> = new Map<string, BlockKey>([
  ...(['grade', 'grading', 'waardering', 'gradering', 'cotation', 'bewertung', 'evaluation'] as const).map(
    (word) => [word, 'grade'] as const,
  ),
  ...(['reliability', 'betrouwbaarheid', 'fiabilite', 'zuverlassigkeit'] as const).map((word) => [word, 'reliability'] as const),
  ...(['credibility', 'geloofwaardigheid', 'credibilite', 'glaubwurdigkeit'] as const).map((word) => [word, 'credibility'] as const),
  ...(['marking', 'tlp', 'rubricering', 'markering', 'classification', 'marquage', 'einstufung', 'handling'] as const).map(
    (word) => [word, 'marking'] as const,
  ),
  ...(['communities', 'community', 'gemeenschap', 'releasable to', 'audience', 'doelgroep'] as const).map(
    (word) => [word, 'communities'] as const,
  ),
  ...(['exercise', 'oefening', 'exercice', 'ubung'] as const).map((word) => [word, 'exercise'] as const),
  ...(['place', 'location', 'plaats', 'locatie', 'lieu', 'ort', 'lugar'] as const).map((word) => [word, 'place'] as const),
  ...(['country', 'land', 'pays', 'pais'] as const).map((word) => [word, 'country'] as const),
  ...(
    [
      'observed',
      'observed at',
      'date observed',
      'waargenomen',
      'datum waarneming',
      'observe',
      'beobachtet',
      'date of event',
      'datum',
    ] as const
  ).map((word) => [word, 'observed'] as const),
  ...(['reference', 'ref', 'kenmerk', 'our reference', 'aktenzeichen'] as const).map((word) => [word, 'reference'] as const),
  ...(['supersedes', 'replaces', 'vervangt', 'remplace', 'ersetzt', 'corrects', 'corrigeert'] as const).map(
    (word) => [word, 'supersedes'] as const,
  ),
  ...(['kind', 'type', 'soort', 'report type'] as const).map((word) => [word, 'kind'] as const),
  ...(['source', 'post', 'embassy', 'bron', 'ambassade', 'quelle', 'poste'] as const).map((word) => [word, 'source'] as const),
  ...(['sector', 'sectors', 'sectoren', 'secteur', 'sektor'] as const).map((word) => [word, 'sector'] as const),
  ...(['theme', 'themes', 'thema', 'subject area'] as const).map((word) => [word, 'theme'] as const),
  ...(['target', 'targets', 'doelwit', 'cible', 'ziel'] as const).map((word) => [word, 'target'] as const),
  ...(['origin', 'url', 'link', 'herkomst', 'origine'] as const).map((word) => [word, 'origin'] as const),
  ...(['language', 'taal', 'langue', 'sprache', 'lang'] as const).map((word) => [word, 'language'] as const),
]);

/** The header block and the report below it. */
export interface BlockAndText {
  readonly block: ReadonlyMap<BlockKey, string>;
  readonly text: string;
}

const fold = (key: string): string => key.normalize('NFKD').replaceAll(/\p{M}/gu, '').trim().toLowerCase();

/** A block longer than this is no header block any more; what follows is text. */
const blockLines = 60;

/** Takes `Key: value` lines off the top of a report, up to the first line that is none or the first blank line after one. A block needs one known key; unknown keys stay in the text. */
export function takeHeaderBlock(body: string): BlockAndText {
  const trimmed = body.trim();
  const block = new Map<BlockKey, string>();
  const unknown: string[] = [];
  let rest = 0;
  for (let count = 0; count < blockLines && rest < trimmed.length; count += 1) {
    const end = trimmed.indexOf('\n', rest);
    const line = trimmed.slice(rest, end < 0 ? trimmed.length : end).trim();
    const colon = line.indexOf(':');
    if (colon < 1 || colon > 30 || line.startsWith('http')) break;
    const key = keys.get(fold(line.slice(0, colon)));
    const value = line.slice(colon + 1).trim();
    if (key === undefined || value === '') unknown.push(line);
    else if (!block.has(key)) block.set(key, value);
    rest = end < 0 ? trimmed.length : end + 1;
  }
  if (block.size === 0) return { block, text: trimmed };
  return { block, text: [...unknown, trimmed.slice(rest)].join('\n').trim() };
}
