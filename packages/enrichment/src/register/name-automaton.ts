/** More symbols than any register has. */
const symbolSpace = 2 ** 26;
const root = 0;

/** Told of each pattern of symbols that ends at a place, the longest first. */
export type OnPattern = (pattern: number, end: number) => void;

/** Finds any number of sequences of symbols in one pass. */
export interface NameAutomaton {
  /**
   * Tells of every pattern within `symbols[from, to)`; a negative symbol is in no pattern. Gives the number of steps it took: at most two per symbol and one
   * per pattern told, whatever the symbols.
   */
  match(symbols: readonly number[], range: { readonly from: number; readonly to: number }, found: OnPattern): number;
}

interface Nodes {
  readonly edges: Map<number, number>;
  readonly children: (readonly [symbol: number, child: number])[][];
  readonly ends: number[][];
}

const edgeOf = (node: number, symbol: number): number => node * symbolSpace + symbol;

/** An automaton of Aho and Corasick (1975) for the patterns, which are numbered by their place in the list. */
export function buildNameAutomaton(patterns: readonly (readonly number[])[]): NameAutomaton {
  const nodes: Nodes = { edges: new Map(), children: [[]], ends: [[]] };
  for (const [number, pattern] of patterns.entries()) if (pattern.length > 0) nodes.ends[grow(nodes, pattern)]?.push(number);
  const { fallback, shorter } = linksOf(nodes);
  const { edges, ends } = nodes;
  return {
    match(symbols, { from, to }, found) {
      let node = root;
      let steps = 0;
      for (let at = from; at < to; at++) {
        const symbol = symbols[at] ?? -1;
        let next = symbol < 0 ? undefined : edges.get(edgeOf(node, symbol));
        for (steps++; next === undefined && node !== root; steps++) {
          node = symbol < 0 ? root : (fallback[node] ?? root);
          next = symbol < 0 ? undefined : edges.get(edgeOf(node, symbol));
        }
        node = next ?? root;
        for (let end = ends[node]?.length ? node : (shorter[node] ?? root); end !== root; end = shorter[end] ?? root)
          for (const pattern of ends[end] ?? []) {
            steps++;
            found(pattern, at);
          }
      }
      return steps;
    },
  };
}

function grow({ edges, children, ends }: Nodes, pattern: readonly number[]): number {
  let node = root;
  for (const symbol of pattern) {
    const known = edges.get(edgeOf(node, symbol));
    if (known === undefined) {
      const child = children.push([]) - 1;
      ends.push([]);
      edges.set(edgeOf(node, symbol), child);
      children[node]?.push([symbol, child]);
      node = child;
    } else node = known;
  }
  return node;
}

/** For each node: where to go on when no edge fits, and the longest proper suffix at which a pattern ends. */
function linksOf({ edges, children, ends }: Nodes): { readonly fallback: Int32Array; readonly shorter: Int32Array } {
  const fallback = new Int32Array(children.length);
  const shorter = new Int32Array(children.length);
  const queue = [root];
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head] ?? root;
    for (const [symbol, child] of children[node] ?? []) {
      queue.push(child);
      if (node === root) continue;
      let suffix = fallback[node] ?? root;
      while (suffix !== root && !edges.has(edgeOf(suffix, symbol))) suffix = fallback[suffix] ?? root;
      const target = edges.get(edgeOf(suffix, symbol)) ?? root;
      fallback[child] = target;
      shorter[child] = ends[target]?.length ? target : (shorter[target] ?? root);
    }
  }
  return { fallback, shorter };
}
