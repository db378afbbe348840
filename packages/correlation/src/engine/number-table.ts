const segmentBits = 8;

interface Segment {
  /** Key and value side by side; value 0 is a free place. */
  places: Int32Array;
  used: number;
}

/** Numbers other than 0 by 32-bit keys; open-addressed in segments that grow one at a time. Keys are never taken out. */
export class NumberTable {
  readonly #segments: Segment[] = [];

  /** 0 when the key has none. */
  get(key: number): number {
    const { places } = this.#segment(key);
    return places[placeOf(places, key) + 1] ?? 0;
  }

  set(key: number, value: number): void {
    const segment = this.#segment(key);
    const place = placeOf(segment.places, key);
    const isNew = segment.places[place + 1] === 0;
    segment.places[place] = key;
    segment.places[place + 1] = value;
    if (isNew && ++segment.used * 8 > segment.places.length * 3) grow(segment);
  }

  get bytes(): number {
    return this.#segments.reduce((sum, { places }) => sum + places.byteLength, 0);
  }

  #segment(key: number): Segment {
    const number = key >>> (32 - segmentBits);
    const segment = this.#segments[number] ?? { places: new Int32Array(4), used: 0 };
    this.#segments[number] = segment;
    return segment;
  }
}

/** Where a key stands, or the free place where it would. */
function placeOf(places: Int32Array, key: number): number {
  const mask = places.length - 1;
  let place = (key << 1) & mask;
  while (places[place + 1] !== 0 && places[place] !== key) place = (place + 2) & mask;
  return place;
}

function grow(segment: Segment): void {
  const before = segment.places;
  segment.places = new Int32Array(2 * before.length);
  for (let at = 0; at < before.length; at += 2) {
    if (before[at + 1] === 0) continue;
    const place = placeOf(segment.places, before[at] ?? 0);
    segment.places[place] = before[at] ?? 0;
    segment.places[place + 1] = before[at + 1] ?? 0;
  }
}
