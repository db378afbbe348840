import { type FoldedText, foldText } from './fold-text.ts';

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

function gramHash(text: FoldedText, at: number): number {
  let h = 0x811c9dc5;
  for (let i = at; i < at + gram; i++) h = Math.imul(h ^ (text.letters[i] ?? 0), 0x01000193);
  return mix(h);
}

const longestText = 4_000;
/** Hashes + 1 of the text at hand by their last bits; a place is free when its stamp is an older one. */
const seen = new Int32Array(2 ** 15);
const stamps = new Int32Array(seen.length);
let stamp = 0;
const found = new Int32Array(4 * longestText);

/** True the first time a hash is shown since the stamp was last raised; looks at the places of the mask only. */
function isNew(hash: number, mask: number): boolean {
  for (let place = hash & mask; ; place = (place + 1) & mask) {
    if (stamps[place] !== stamp) {
      stamps[place] = stamp;
      seen[place] = hash;
      return true;
    }
    if (seen[place] === hash) return false;
  }
}

/** Sketches the first 4,000 characters of a text, folded. */
export function sketchText(text: string): TextSketch {
  const folded = foldText(text.slice(0, longestText));
  stamp++;
  const mask = Math.min(seen.length, 2 ** (33 - Math.clz32(folded.length))) - 1;
  let count = 0;
  for (let at = 0; at + gram <= folded.length && count < found.length; at++) {
    const hash = gramHash(folded, at) >>> 1;
    if (isNew(hash, mask)) found[count++] = hash;
  }
  return { count, hashes: smallest(count) };
}

/** The smallest of the first so many hashes found, ascending. */
function smallest(count: number): Int32Array {
  let kept = count;
  // A hash far above the place of the last one that is kept cannot be among them: most need not be sorted.
  if (count > 2 * sketchSize) {
    const bound = Math.floor((2 ** 31 * (sketchSize + 6 * Math.sqrt(sketchSize))) / count);
    kept = 0;
    let below = 0;
    for (let at = 0; at < count; at++) if ((found[at] ?? 0) < bound) below++;
    if (below < sketchSize) kept = count;
    else for (let at = 0; at < count; at++) if ((found[at] ?? 0) < bound) found[kept++] = found[at] ?? 0;
  }
  return found.subarray(0, kept).sort().slice(0, sketchSize);
}

const multipliers = Int32Array.from({ length: permutations }, (_, at) => mix(at + 1) | 1);
/** Turned over, unsigned numbers of 32 bits order as signed ones. */
const flip = -(2 ** 31);
const last = 2 ** 31 - 1;
const masks = Int32Array.from({ length: permutations }, (_, at) => mix(~at));

/** Numbers of 32 bits such that near copies share at least one with near certainty and strangers hardly ever do (MinHash, 21 bands of 3; Broder 1997). */
export function bandsOf({ hashes }: TextSketch): readonly number[] {
  const bands: number[] = [];
  for (let permutation = 0; permutation < permutations; permutation += rowsPerBand) {
    const p = multipliers[permutation] ?? 1;
    const q = multipliers[permutation + 1] ?? 1;
    const r = multipliers[permutation + 2] ?? 1;
    const k = masks[permutation] ?? 0;
    const l = masks[permutation + 1] ?? 0;
    const m = masks[permutation + 2] ?? 0;
    let x = last;
    let y = last;
    let z = last;
    for (let at = 0; at < hashes.length; at++) {
      const hash = hashes[at] ?? 0;
      const u = Math.imul(hash ^ k, p) ^ flip;
      const v = Math.imul(hash ^ l, q) ^ flip;
      const w = Math.imul(hash ^ m, r) ^ flip;
      if (u < x) x = u;
      if (v < y) y = v;
      if (w < z) z = w;
    }
    let band = mix(x ^ flip) + permutation;
    band = mix(band ^ y ^ flip) + permutation + 1;
    bands.push(mix(mix(band ^ z ^ flip) + permutation + 2));
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
