/** Two groups that may join, as they were when they were offered. */
export interface Offer {
  readonly margin: number;
  readonly best: number;
  readonly x: number;
  readonly y: number;
}

const precedes = (a: Offer, b: Offer): boolean => (a.margin !== b.margin ? a.margin > b.margin : a.best < b.best);

/** Gives offers back by falling margin, then by the place of their best link. */
export class PairHeap {
  readonly #offers: Offer[] = [];

  push(offer: Offer): void {
    const offers = this.#offers;
    let at = offers.length;
    offers.push(offer);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const upper = offers[above];
      if (upper === undefined || !precedes(offer, upper)) break;
      offers[at] = upper;
      at = above;
    }
    offers[at] = offer;
  }

  pop(): Offer | undefined {
    const offers = this.#offers;
    const top = offers[0];
    const last = offers.pop();
    if (last !== undefined && offers.length > 0) this.#sink(last);
    return top;
  }

  #sink(offer: Offer): void {
    const offers = this.#offers;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [l, r] = [offers[left], offers[left + 1]];
      if (l === undefined) break;
      const [below, lower] = r !== undefined && precedes(r, l) ? [left + 1, r] : [left, l];
      if (!precedes(lower, offer)) break;
      offers[at] = lower;
      at = below;
    }
    offers[at] = offer;
  }
}
