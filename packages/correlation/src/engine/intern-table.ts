import { Buffer } from 'node:buffer';
import { Int32Column } from './int32-column.ts';

const chunkBytes = 1 << 20;
const firstBytes = 1 << 10;
const segmentBits = 8;

interface Segment {
  /** Hash and number + 1 of an entry, side by side; number 0 is a free place. */
  places: Int32Array;
  used: number;
}

/** Texts by number, each once. The texts stand in byte chunks; the table is open-addressed in segments that grow one at a time, so that no growing is a long pause. */
export class InternTable {
  readonly #segments: Segment[] = [];
  readonly #chunks: Buffer[] = [];
  #free = 0;
  readonly #starts = new Int32Column();
  /** In bytes; negative for texts beyond Latin-1, which stand in UTF-16. */
  readonly #lengths = new Int32Column();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    const places = this.#segments.reduce((sum, { places }) => sum + places.byteLength, 0);
    return places + this.#chunks.length * chunkBytes + this.#starts.bytes + this.#lengths.bytes;
  }

  /** The number of a text; undefined when it was never numbered. */
  find(text: string): number | undefined {
    const hash = hashOf(text);
    const found = this.#lookUp(this.#segment(hash), hash, text);
    return found < 0 ? undefined : found;
  }

  /** The number of a text, the next one when it is new. */
  numberOf(text: string): number {
    const hash = hashOf(text);
    const segment = this.#segment(hash);
    const found = this.#lookUp(segment, hash, text);
    if (found >= 0) return found;
    const number = this.#size++;
    this.#write(number, text);
    const place = -found - 1;
    segment.places[place] = hash;
    segment.places[place + 1] = number + 1;
    if (++segment.used * 8 > segment.places.length * 3) grow(segment);
    return number;
  }

  text(number: number): string {
    const length = this.#lengths.get(number);
    const start = this.#starts.get(number);
    const chunk = this.#chunks[Math.floor(start / chunkBytes)];
    const offset = start % chunkBytes;
    if (chunk === undefined) return '';
    return length < 0 ? chunk.toString('utf16le', offset, offset - length) : chunk.toString('latin1', offset, offset + length);
  }

  #segment(hash: number): Segment {
    const number = hash >>> (32 - segmentBits);
    const segment = this.#segments[number] ?? { places: new Int32Array(4), used: 0 };
    this.#segments[number] = segment;
    return segment;
  }

  /** The number of a text, or minus (its free place + 1). */
  #lookUp({ places }: Segment, hash: number, text: string): number {
    const mask = places.length - 1;
    for (let place = (hash << 1) & mask; ; place = (place + 2) & mask) {
      const number = places[place + 1] ?? 0;
      if (number === 0) return -place - 1;
      if (places[place] === hash && this.text(number - 1) === text) return number - 1;
    }
  }

  #write(number: number, text: string): void {
    const narrow = isLatin1(text);
    const length = narrow ? text.length : 2 * text.length;
    if (this.#chunks.length === 0 || this.#free + length > chunkBytes) {
      this.#chunks.push(Buffer.allocUnsafeSlow(this.#chunks.length === 0 ? Math.max(firstBytes, length) : Math.max(chunkBytes, length)));
      this.#free = 0;
    }
    if (this.#chunks.length === 1 && this.#free + length > (this.#chunks[0]?.length ?? 0)) {
      const larger = Buffer.allocUnsafeSlow(Math.min(chunkBytes, 4 * (this.#free + length)));
      this.#chunks[0]?.copy(larger);
      this.#chunks[0] = larger;
    }
    const chunk = this.#chunks.at(-1);
    chunk?.write(text, this.#free, length, narrow ? 'latin1' : 'utf16le');
    this.#starts.set(number, (this.#chunks.length - 1) * chunkBytes + this.#free);
    this.#lengths.set(number, narrow ? length : -length);
    this.#free += length;
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
function hashOf(text: string): number {
  let hash = 0x9747b28c;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
