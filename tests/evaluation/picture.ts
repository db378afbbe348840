import type { EvaluationRow } from './evaluate-stream.ts';
import type { ReliabilityBin } from './metrics.ts';

const side = 420;
const margin = 50;
const width = 2 * (side + 2 * margin);
const height = side + 2 * margin;
const leastPairs = 10;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const at = (value: number): string => value.toFixed(1);
const label = (x: number, y: number, text: string, attributes = ''): string =>
  `<text x="${at(x)}" y="${at(y)}" ${attributes}>${escaped(text)}</text>`;

/** A square from (0, 0) to (1, 1) whose left edge is at `left`, with its name and the names of its axes. */
function frame(left: number, title: string, across: string, up: string): string {
  const bottom = margin + side;
  return [
    `<rect x="${left}" y="${margin}" width="${side}" height="${side}" fill="none" stroke="#999"/>`,
    label(left + side / 2, margin - 18, title, 'text-anchor="middle" font-weight="bold"'),
    label(left + side / 2, bottom + 34, across, 'text-anchor="middle"'),
    label(left - 34, margin + side / 2, up, `text-anchor="middle" transform="rotate(-90 ${left - 34} ${margin + side / 2})"`),
    ...[0, 0.5, 1].flatMap((tick) => [
      label(left + tick * side, bottom + 16, String(tick), 'text-anchor="middle"'),
      label(left - 8, bottom - tick * side + 4, String(tick), 'text-anchor="end"'),
    ]),
  ].join('');
}

const dot = (left: number, x: number, y: number, attributes: string): string =>
  `<circle cx="${at(left + x * side)}" cy="${at(margin + side - y * side)}" ${attributes}/>`;

function qualityDots(rows: readonly EvaluationRow[], left: number): string {
  return rows
    .map(({ name, engine, naive }) => {
      const { precision, recall } = engine.pairwise;
      const exact = naive.exact.pairwise;
      const line = `<line x1="${at(left + exact.recall * side)}" y1="${at(margin + side - exact.precision * side)}" x2="${at(left + recall * side)}" y2="${at(margin + side - precision * side)}" stroke="#ddd"/>`;
      const text = label(left + recall * side + 6, margin + side - precision * side - 4, name);
      return `${line}${dot(left, exact.recall, exact.precision, 'r="3" fill="#bbb"')}${dot(left, recall, precision, 'r="4" fill="#06c"')}${text}`;
    })
    .join('');
}

function pooled(rows: readonly EvaluationRow[]): readonly ReliabilityBin[] {
  const bins = new Map<number, ReliabilityBin>();
  for (const bin of rows.flatMap(({ reliability }) => reliability)) {
    const known = bins.get(bin.fromBits);
    bins.set(bin.fromBits, known === undefined ? bin : { ...known, pairs: known.pairs + bin.pairs, right: known.right + bin.right });
  }
  return [...bins.values()].sort((x, y) => x.fromBits - y.fromBits);
}

const probability = (bits: number): number => 1 / (1 + 2 ** -bits);

/** An SVG of the rows: pairwise precision against recall beside exact matching (grey), and how often pairs of a score are right against what the score says. */
export function pictureOf(rows: readonly EvaluationRow[]): string {
  const [left, right] = [margin, side + 3 * margin];
  const bins = pooled(rows).filter(({ pairs }) => pairs >= leastPairs);
  const reliability = bins.map(({ fromBits, toBits, pairs, right: correct }) => {
    const said = probability((fromBits + toBits) / 2);
    return dot(right, said, correct / pairs, `r="${at(Math.min(12, 2 + Math.log2(pairs) / 2))}" fill="#06c" fill-opacity=".6"`);
  });
  const diagonal = `<line x1="${right}" y1="${margin + side}" x2="${right + side}" y2="${margin}" stroke="#bbb"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    frame(left, 'Pairs: precision against recall (grey: exact matching)', 'recall', 'precision'),
    qualityDots(rows, left),
    frame(right, 'Reliability of shown links', 'probability that the score says', 'part that is right'),
    diagonal,
    ...reliability,
    '</svg>\n',
  ].join('\n');
}
