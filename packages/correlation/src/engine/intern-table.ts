import { Buffer } from 'node:buffer';
import { Int32Column } from './int32-column.ts';

const chunkBits = 20;
const chunkBytes = 1 << chunkBits;
const chunkMask = chunkBytes - 1;
const tagBits = 8;
const firstBytes = 1 << 10;
const segmentBits = 8;

interface Segment {
  /** Hash and number + 1 of an entry, side by side; number 0 is a free place. */
  places: Int32Array;
  used: number;
}

/**
 * Texts by number, each once; one text under two tags (0 to 255) is two. The texts stand in byte chunks; the table is open-addressed in segments
 * that grow one at a time, so that no growing is a long pause.
 */
export class InternTable {
  readonly #segments: Segment[] = [];
  readonly #chunks: Buffer[] = [];
  #free = 0;
  readonly #starts = new Int32Column();
  /** Length in code units and tag, packed; negative, less one, for texts beyond Latin-1, which stand in UTF-16. */
  readonly #shapes = new Int32Column();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    const places = this.#segments.reduce((sum, { places }) => sum + places.byteLength, 0);
    return places + this.#chunks.reduce((sum, { length }) => sum + length, 0) + this.#starts.bytes + this.#shapes.bytes;
  }

  /** The number of a text; undefined when it was never numbered. */
  find(text: string, tag = 0): number | undefined {
    const hash = hashOf(text, tag);
    const found = this.#lookUp(this.#segment(hash), hash, text, tag);
    return found < 0 ? undefined : found;
  }

  /** The number of a text, the next one when it is new. */
  numberOf(text: string, tag = 0): number {
    const hash = hashOf(text, tag);
    const segment = this.#segment(hash);
    const found = this.#lookUp(segment, hash, text, tag);
    if (found >= 0) return found;
    const number = this.#size++;
    this.#write(number, text, tag);
    const place = -found - 1;
    segment.places[place] = hash;
    segment.places[place + 1] = number + 1;
    if (++segment.used * 8 > segment.places.length * 3) grow(segment);
    return number;
  }

  text(number: number): string {
    const shape = this.#shapes.get(number);
    const start = this.#starts.get(number);
    const chunk = this.#chunks[start >> chunkBits];
    const offset = start & chunkMask;
    if (chunk === undefined) return '';
    return shape < 0
      ? chunk.toString('utf16le', offset, offset + 2 * (~shape >> tagBits))
      : chunk.toString('latin1', offset, offset + (shape >> tagBits));
  }

  #segment(hash: number): Segment {
    const number = hash >>> (32 - segmentBits);
    const segment = this.#segments[number] ?? { places: new Int32Array(4), used: 0 };
    this.#segments[number] = segment;
    return segment;
  }

  /** The number of a text, or minus (its free place + 1). */
  #lookUp({ places }: Segment, hash: number, text: string, tag: number): number {
    const mask = places.length - 1;
    for (let place = (hash << 1) & mask; ; place = (place + 2) & mask) {
      const number = places[place + 1] ?? 0;
      if (number === 0) return -place - 1;
      if (places[place] === hash && this.#is(number - 1, text, tag)) return number - 1;
    }
  }

  #is(number: number, text: string, tag: number): boolean {
    const shape = this.#shapes.get(number);
    const size = (text.length << tagBits) | tag;
    if (shape !== size && ~shape !== size) return false;
    const start = this.#starts.get(number);
    const chunk = this.#chunks[start >> chunkBits];
    if (chunk === undefined) return text === '';
    const offset = start & chunkMask;
    if (shape < 0) {
      for (let at = 0; at < text.length; at++) {
        const place = offset + 2 * at;
        if (text.charCodeAt(at) !== ((chunk[place] ?? 0) | ((chunk[place + 1] ?? 0) << 8))) return false;
      }
    } else for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== chunk[offset + at]) return false;
    return true;
  }

  #write(number: number, text: string, tag: number): void {
    const narrow = isLatin1(text);
    const shape = (text.length << tagBits) | tag;
    const length = narrow ? text.length : 2 * text.length;
    const offset = this.#room(length);
    const chunk = this.#chunks.at(-1);
    if (chunk !== undefined && narrow) for (let at = 0; at < length; at++) chunk[offset + at] = text.charCodeAt(at);
    else chunk?.write(text, offset, length, 'utf16le');
    this.#starts.set(number, ((this.#chunks.length - 1) << chunkBits) + offset);
    this.#shapes.set(number, narrow ? shape : ~shape);
  }

  /** Where in the last chunk so many bytes may be written; a longer text gets a chunk of its own. */
  #room(length: number): number {
    const first = this.#chunks[0];
    const needed = this.#free + length;
    if (first === undefined) this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(firstBytes, length)));
    else if (needed > chunkBytes) {
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(chunkBytes, length)));
      this.#free = 0;
    } else if (this.#chunks.length === 1 && needed > first.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(chunkBytes, Math.max(needed, 2 * first.length)));
      first.copy(larger);
      this.#chunks[0] = larger;
    }
    const offset = this.#free;
    this.#free += length;
    return offset;
  }
}

function grow(segment: Segment): void {
  const before = segment.places;
  const places = new Int32Array(2 * before.length);
  const mask = places.length - 1;
  for (let at = 0; at < before.length; at += 2) {
    const number = before[at + 1] ?? 0;
    if (number === 0) continue;
    const hash = before[at] ?? 0;
    let place = (hash << 1) & mask;
    while (places[place + 1] !== 0) place = (place + 2) & mask;
    places[place] = hash;
    places[place + 1] = number;
  }
  segment.places = places;
}

function isLatin1(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 255) return false;
  return true;
}

/** A hash of 32 bits over UTF-16 code units, mixed at the end (Murmur3). */
function hashOf(text: string, tag: number): number {
  let hash = 0x9747b28c + tag;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
