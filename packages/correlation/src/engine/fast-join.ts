import { type Ruleset, toMillibits } from '../ruleset.ts';
import { OfferHeap } from './offer-heap.ts';

/** The largest component, and the first score, in millibits, whose links cannot be ordered by one number each. */
export const fastJoinLimits = { members: 2 ** 17, millibits: 2 ** 19 } as const;

const tabled = 4_096;
const { members: placeRange, millibits: scoreRange } = fastJoinLimits;

/**
 * Groups the members of a component without judgements: the same groups as `joinGroups`, over flat arrays that are made once.
 * `start` first, then `link` for each link, then `join`.
 */
export class FastJoin {
  readonly #threshold: number;
  readonly #creditBits: number;
  readonly #credit: Int32Array;
  readonly #penaltyBits: number;
  readonly #penalty: Int32Array;
  #parent = new Int32Array(64);
  #weights = new Int32Array(64);
  /** The first half of a group's links, and how many halves follow it, dead ones too. */
  #firsts = new Int32Array(64);
  #degrees = new Int32Array(64);
  /** The link between a group and the one at hand, where its stamp is the present one. */
  #stamps = new Int32Array(64);
  #between = new Int32Array(64);
  #stamp = 0;
  /** Both members of a link, side by side; half h of link h >> 1 leads to the member at h ^ 1. */
  #ends = new Int32Array(512);
  #nexts = new Int32Array(512);
  /** How many links this one stands for; 0 when another stands for it or its groups are one. */
  #counts = new Int32Array(256);
  /** The best of them, as a number that rises with its place in the order of links. */
  #bests = new Float64Array(256);
  #links = 0;
  #size = 0;
  /** Links of the group at hand that are new to it or stand for more. */
  #touched = new Int32Array(256);
  #touchedCount = 0;
  readonly #heap = new OfferHeap();

  constructor({ thresholds, join }: Ruleset) {
    this.#threshold = toMillibits(thresholds.linkBits);
    this.#creditBits = join.countCredit;
    const table = (factor: number, size: number) => Int32Array.from({ length: size }, (_, at) => logMillibits(factor, Math.max(1, at)));
    this.#credit = table(join.countCredit, tabled);
    this.#penaltyBits = join.sizePenalty;
    this.#penalty = table(join.sizePenalty, tabled);
  }

  /** Begins with so many members, at most the limit, each a group of its own, and for each the first member of its story. */
  start(storyOf: Int32Array, size: number): void {
    this.#makeRoom(size);
    this.#size = size;
    this.#links = 0;
    this.#heap.clear();
    for (let member = 0; member < size; member++) {
      this.#parent[member] = member;
      this.#weights[member] = storyOf[member] === member ? 1 : 0;
      this.#firsts[member] = -1;
      this.#degrees[member] = 0;
    }
  }

  /** Adds a link between two members, a < b, that have none yet; its score is below the limit. */
  link(a: number, b: number, millibits: number): void {
    const link = this.#links++;
    if (link === this.#counts.length) this.#grow();
    this.#ends[2 * link] = a;
    this.#ends[2 * link + 1] = b;
    this.#counts[link] = 1;
    this.#bests[link] = ((scoreRange - millibits) * placeRange + a) * placeRange + b;
    this.#hang(a, 2 * link);
    this.#hang(b, 2 * link + 1);
  }

  /** For each member the smallest member of its group. */
  join(): Int32Array {
    for (let link = 0; link < this.#links; link++) this.#offer(link);
    const heap = this.#heap;
    while (heap.pop()) {
      const { link, margin, place } = heap;
      if ((this.#counts[link] ?? 0) === 0) continue;
      const now = this.#marginOf(link);
      if (now === margin && this.#bests[link] === place)
        this.#unite(this.#rootOf(this.#ends[2 * link] ?? 0), this.#rootOf(this.#ends[2 * link + 1] ?? 0));
      else if (now < margin) this.#offer(link);
    }
    const smallest = new Int32Array(this.#size).fill(-1);
    return Int32Array.from({ length: this.#size }, (_, member) => {
      const root = this.#rootOf(member);
      if (smallest[root] === -1) smallest[root] = member;
      return smallest[root] ?? member;
    });
  }

  #hang(group: number, half: number): void {
    this.#nexts[half] = this.#firsts[group] ?? -1;
    this.#firsts[group] = half;
    this.#degrees[group] = (this.#degrees[group] ?? 0) + 1;
  }

  #rootOf(member: number): number {
    const parent = this.#parent;
    let at = member;
    for (let above = parent[at] ?? at; above !== at; above = parent[at] ?? at) {
      parent[at] = parent[above] ?? above;
      at = above;
    }
    return at;
  }

  #marginOf(link: number): number {
    const x = this.#weights[this.#rootOf(this.#ends[2 * link] ?? 0)] ?? 0;
    const y = this.#weights[this.#rootOf(this.#ends[2 * link + 1] ?? 0)] ?? 0;
    const count = this.#counts[link] ?? 0;
    const millibits = scoreRange - Math.floor((this.#bests[link] ?? 0) / (placeRange * placeRange));
    const smaller = Math.max(1, Math.min(x, y));
    const credit = count < tabled ? (this.#credit[count] ?? 0) : logMillibits(this.#creditBits, count);
    return millibits + credit - (smaller < tabled ? (this.#penalty[smaller] ?? 0) : logMillibits(this.#penaltyBits, smaller));
  }

  #offer(link: number): void {
    const margin = this.#marginOf(link);
    if (margin >= this.#threshold) this.#heap.push(margin, this.#bests[link] ?? 0, link);
  }

  #unite(x: number, y: number): void {
    const [into, from] = (this.#degrees[x] ?? 0) >= (this.#degrees[y] ?? 0) ? [x, y] : [y, x];
    this.#weights[into] = (this.#weights[into] ?? 0) + (this.#weights[from] ?? 0);
    this.#stampLinksOf(into, from);
    for (let half = this.#firsts[from] ?? -1; half >= 0; ) {
      const next = this.#nexts[half] ?? -1;
      this.#takeOver(into, half);
      half = next;
    }
    this.#parent[from] = into;
    for (let at = 0; at < this.#touchedCount; at++) this.#offer(this.#touched[at] ?? 0);
  }

  /** Notes the link to every other group; the one to a group that comes in is dead. */
  #stampLinksOf(into: number, from: number): void {
    this.#stamp++;
    this.#touchedCount = 0;
    let last = -1;
    for (let half = this.#firsts[into] ?? -1; half >= 0; half = this.#nexts[half] ?? -1) {
      const link = half >> 1;
      const other = this.#rootOf(this.#ends[half ^ 1] ?? 0);
      if (other === from) this.#counts[link] = 0;
      if (this.#counts[link] === 0) {
        if (last < 0) this.#firsts[into] = this.#nexts[half] ?? -1;
        else this.#nexts[last] = this.#nexts[half] ?? -1;
        this.#degrees[into] = (this.#degrees[into] ?? 0) - 1;
        continue;
      }
      last = half;
      this.#stamps[other] = this.#stamp;
      this.#between[other] = link;
    }
  }

  /** Makes a link of the group that comes in one of the other group, or adds it to the one that is there. */
  #takeOver(into: number, half: number): void {
    const link = half >> 1;
    const count = this.#counts[link] ?? 0;
    if (count === 0) return;
    const other = this.#rootOf(this.#ends[half ^ 1] ?? 0);
    if (this.#touchedCount === this.#touched.length) this.#touched = larger(this.#touched);
    if (this.#stamps[other] !== this.#stamp) {
      this.#hang(into, half);
      this.#touched[this.#touchedCount++] = link;
      return;
    }
    const known = this.#between[other] ?? 0;
    this.#counts[link] = 0;
    this.#counts[known] = (this.#counts[known] ?? 0) + count;
    this.#bests[known] = Math.min(this.#bests[known] ?? 0, this.#bests[link] ?? 0);
    this.#touched[this.#touchedCount++] = known;
  }

  #makeRoom(size: number): void {
    if (size <= this.#parent.length) return;
    const length = 2 ** Math.ceil(Math.log2(size));
    this.#parent = new Int32Array(length);
    this.#weights = new Int32Array(length);
    this.#firsts = new Int32Array(length);
    this.#degrees = new Int32Array(length);
    this.#stamps = new Int32Array(length);
    this.#between = new Int32Array(length);
  }

  #grow(): void {
    this.#ends = larger(this.#ends);
    this.#nexts = larger(this.#nexts);
    this.#counts = larger(this.#counts);
    const bests = new Float64Array(2 * this.#bests.length);
    bests.set(this.#bests);
    this.#bests = bests;
  }
}

const logMillibits = (factor: number, count: number): number => Math.round(1000 * factor * Math.log2(count));

function larger(array: Int32Array): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(2 * array.length);
  twice.set(array);
  return twice;
}
