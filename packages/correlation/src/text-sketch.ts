import { foldText } from './fold-text.ts';

/** The smallest hashes of a text's character 5-grams, ascending: all of them when there are at most `sketchSize`. */
export interface TextSketch {
  readonly count: number;
  /** Below 2^31. */
  readonly hashes: ArrayLike<number>;
}

const sketchSize = 192;
const gram = 5;
const permutations = 63;
const rowsPerBand = 3;

/** Spreads the bits of a number over 32 (Murmur3). */
export const mix = (value: number): number => {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

function gramHash(text: string, at: number): number {
  let h = 0x811c9dc5;
  for (let i = at; i < at + gram; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

/** Sketches the first 4,000 folded characters of a text. */
export function sketchText(text: string): TextSketch {
  const folded = foldText(text.slice(0, 4_000));
  const hashes = new Set<number>();
  for (let at = 0; at + gram <= folded.length; at++) hashes.add(gramHash(folded, at) >>> 1);
  return { count: hashes.size, hashes: Array.from(Int32Array.from(hashes).sort().subarray(0, sketchSize)) };
}

const multipliers = Uint32Array.from({ length: permutations }, (_, at) => mix(at + 1) | 1);
const masks = Uint32Array.from({ length: permutations }, (_, at) => mix(~at));

/** Numbers of 32 bits such that near copies share at least one with near certainty and strangers hardly ever do (MinHash, 21 bands of 3; Broder 1997). */
export function bandsOf({ hashes }: TextSketch): readonly number[] {
  const bands: number[] = [];
  let band = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    const multiplier = multipliers[permutation] ?? 1;
    const mask = masks[permutation] ?? 0;
    let smallest = 0xffffffff;
    for (let at = 0; at < hashes.length; at++) {
      const permuted = Math.imul((hashes[at] ?? 0) ^ mask, multiplier) >>> 0;
      if (permuted < smallest) smallest = permuted;
    }
    band = mix(band ^ smallest) + permutation;
    if ((permutation + 1) % rowsPerBand !== 0) continue;
    bands.push(mix(band));
    band = 0;
  }
  return bands;
}

/** A number of 32 bits for a text. */
export function textNumber(text: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  return mix(h);
}

/** How alike two texts are by their sketches; exact when neither has more 5-grams than a sketch holds, an estimate otherwise. */
export function likeness(a: TextSketch, b: TextSketch): { readonly jaccard: number; readonly containment: number } {
  const limit = Math.min(a.count > a.hashes.length ? a.hashes.length : Infinity, b.count > b.hashes.length ? b.hashes.length : Infinity);
  let union = 0;
  let both = 0;
  for (let i = 0, j = 0; (i < a.hashes.length || j < b.hashes.length) && union < limit; union++) {
    const x = a.hashes[i] ?? Infinity;
    const y = b.hashes[j] ?? Infinity;
    if (x === y) both++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  if (union === 0) return { jaccard: 0, containment: 0 };
  const jaccard = both / union;
  const shared = (jaccard * (a.count + b.count)) / (1 + jaccard);
  return { jaccard, containment: Math.min(1, shared / Math.min(a.count, b.count)) };
}
