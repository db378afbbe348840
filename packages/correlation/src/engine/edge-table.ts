/** What is known of a pair of signals. */
export interface Edge {
  readonly millibits: number;
  /** Enough for an automatic link. */
  readonly linkable: boolean;
}

/** Pairs of signals whose score is worth keeping, by both ends. */
export class EdgeTable {
  readonly #edges: (Map<number, Edge> | undefined)[] = [];

  of(slot: number): ReadonlyMap<number, Edge> {
    return this.#edges[slot] ?? none;
  }

  get(a: number, b: number): Edge | undefined {
    return this.#edges[a]?.get(b);
  }

  set(a: number, b: number, edge: Edge): void {
    this.#of(a).set(b, edge);
    this.#of(b).set(a, edge);
  }

  delete(a: number, b: number): void {
    this.#edges[a]?.delete(b);
    this.#edges[b]?.delete(a);
  }

  #of(slot: number): Map<number, Edge> {
    const known = this.#edges[slot];
    if (known !== undefined) return known;
    const edges = new Map<number, Edge>();
    this.#edges[slot] = edges;
    return edges;
  }
}

const none: ReadonlyMap<number, Edge> = new Map();
