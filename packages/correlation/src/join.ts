import { PairHeap } from './pair-heap.ts';
import { type Ruleset, toMillibits } from './ruleset.ts';

/** One connected component, its members numbered by ascending id. */
export interface Component {
  /** For each member the number of any one member of its story, the same for all of them. */
  readonly storyOf: ArrayLike<number>;
  /** Links between members, a < b; in any order. */
  readonly links: readonly { readonly a: number; readonly b: number; readonly millibits: number }[];
  /** Judgements between members, in the order in which they are obeyed. */
  readonly constraints: readonly { readonly kind: 'same' | 'not-same'; readonly a: number; readonly b: number }[];
}

/** What is between two groups: how many links, and the place of the best in the order of links. */
interface Between {
  count: number;
  readonly best: number;
}

const logMillibits = (factor: number, count: number): number => Math.round(1000 * factor * Math.log2(count));

/**
 * Groups the members of a component: judgements first, newest first; then, again and again, the two groups with the largest margin
 * best + credit x log2(links) - penalty x log2(stories of the smaller), as long as it reaches the threshold; ties by the best link's place in the order of links
 * (falling score, then a, then b). A pure function of the sets: order of links does not matter. Gives each member the smallest member of its group.
 */
export function joinGroups({ storyOf, links, constraints }: Component, { thresholds, join }: Ruleset): Int32Array {
  const size = storyOf.length;
  const parent = Int32Array.from({ length: size }, (_, member) => member);
  const stories = countStories(storyOf);
  const ordered = [...links].sort((x, y) => y.millibits - x.millibits || x.a - y.a || x.b - y.b);
  const between = Array.from({ length: size }, () => new Map<number, Between>());
  const forbidden = Array.from({ length: size }, () => new Set<number>());
  const threshold = toMillibits(thresholds.linkBits);
  const heap = new PairHeap();

  const rootOf = (member: number): number => {
    let root = member;
    while (parent[root] !== root) root = parent[root] ?? root;
    for (let at = member; at !== root; ) {
      const next = parent[at] ?? root;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const weight = (group: number): number => Math.max(1, stories[group] ?? 1);
  const margin = (x: number, y: number, { count, best }: Between): number =>
    (ordered[best]?.millibits ?? 0) +
    logMillibits(join.countCredit, count) -
    logMillibits(join.sizePenalty, Math.min(weight(x), weight(y)));
  const offer = (x: number, y: number, pair: Between): void => {
    const value = margin(x, y, pair);
    if (value >= threshold) heap.push({ margin: value, best: pair.best, x, y });
  };
  const relate = (x: number, y: number, pair: Between): void => {
    between[x]?.set(y, pair);
    between[y]?.set(x, pair);
  };
  const unite = (x: number, y: number): void => {
    const [into, from] = (between[x]?.size ?? 0) >= (between[y]?.size ?? 0) ? [x, y] : [y, x];
    parent[from] = into;
    stories[into] = (stories[into] ?? 0) + (stories[from] ?? 0);
    between[into]?.delete(from);
    for (const [other, pair] of between[from] ?? []) {
      if (other === into) continue;
      between[other]?.delete(from);
      const known = between[into]?.get(other);
      const all = known === undefined ? pair : { count: known.count + pair.count, best: Math.min(known.best, pair.best) };
      relate(into, other, all);
      offer(into, other, all);
    }
    between[from]?.clear();
    for (const other of forbidden[from] ?? []) {
      forbidden[other]?.delete(from);
      forbidden[other]?.add(into);
      forbidden[into]?.add(other);
    }
  };

  ordered.forEach(({ a, b }, place) => {
    const known = between[a]?.get(b);
    relate(a, b, known === undefined ? { count: 1, best: place } : { count: known.count + 1, best: known.best });
  });
  for (const { kind, a, b } of constraints) {
    const [x, y] = [rootOf(a), rootOf(b)];
    if (x === y) continue;
    if (kind === 'same') {
      if (!forbidden[x]?.has(y)) unite(x, y);
    } else {
      forbidden[x]?.add(y);
      forbidden[y]?.add(x);
    }
  }
  for (let x = 0; x < size; x++) for (const [y, pair] of between[x] ?? []) if (x < y) offer(x, y, pair);
  for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
    const { x, y } = top;
    const pair = between[x]?.get(y);
    if (pair === undefined || parent[x] !== x || parent[y] !== y || forbidden[x]?.has(y)) continue;
    const now = margin(x, y, pair);
    if (now === top.margin && pair.best === top.best) unite(x, y);
    else if (now < top.margin) offer(x, y, pair);
  }
  return smallestOfGroup(size, rootOf);
}

/** Counts each story once: at its smallest member. */
function countStories(storyOf: ArrayLike<number>): Int32Array {
  const seen = new Set<number>();
  return Int32Array.from(storyOf, (story) => {
    if (seen.has(story)) return 0;
    seen.add(story);
    return 1;
  });
}

function smallestOfGroup(size: number, rootOf: (member: number) => number): Int32Array {
  const smallest = new Int32Array(size).fill(-1);
  return Int32Array.from({ length: size }, (_, member) => {
    const root = rootOf(member);
    if (smallest[root] === -1) smallest[root] = member;
    return smallest[root] ?? member;
  });
}
