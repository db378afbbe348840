/** Offers to join over a link, by falling margin, then by rising place of the best link behind them. */
export class OfferHeap {
  #margins = new Int32Array(256);
  #places = new Float64Array(256);
  #links = new Int32Array(256);
  #size = 0;
  /** What was popped last. */
  margin = 0;
  place = 0;
  link = -1;

  clear(): void {
    this.#size = 0;
  }

  push(margin: number, place: number, link: number): void {
    if (this.#size === this.#links.length) this.#grow();
    let at = this.#size++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!precedes(margin, place, this.#margins[above] ?? 0, this.#places[above] ?? 0)) break;
      this.#move(above, at);
      at = above;
    }
    this.#put(at, margin, place, link);
  }

  /** False when there is none; else the foremost stands in the fields. */
  pop(): boolean {
    if (this.#size === 0) return false;
    this.margin = this.#margins[0] ?? 0;
    this.place = this.#places[0] ?? 0;
    this.link = this.#links[0] ?? -1;
    const last = --this.#size;
    const [margin, place, link] = [this.#margins[last] ?? 0, this.#places[last] ?? 0, this.#links[last] ?? -1];
    let at = 0;
    for (let below = 1; below < last; below = 2 * at + 1) {
      if (below + 1 < last && this.#precedesAt(below + 1, below)) below++;
      if (!precedes(this.#margins[below] ?? 0, this.#places[below] ?? 0, margin, place)) break;
      this.#move(below, at);
      at = below;
    }
    this.#put(at, margin, place, link);
    return true;
  }

  #precedesAt(one: number, other: number): boolean {
    return precedes(this.#margins[one] ?? 0, this.#places[one] ?? 0, this.#margins[other] ?? 0, this.#places[other] ?? 0);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#margins[from] ?? 0, this.#places[from] ?? 0, this.#links[from] ?? -1);
  }

  #put(at: number, margin: number, place: number, link: number): void {
    this.#margins[at] = margin;
    this.#places[at] = place;
    this.#links[at] = link;
  }

  #grow(): void {
    const [margins, places, links] = [this.#margins, this.#places, this.#links];
    this.#margins = new Int32Array(2 * links.length);
    this.#places = new Float64Array(2 * links.length);
    this.#links = new Int32Array(2 * links.length);
    this.#margins.set(margins);
    this.#places.set(places);
    this.#links.set(links);
  }
}

const precedes = (margin: number, place: number, otherMargin: number, otherPlace: number): boolean =>
  margin !== otherMargin ? margin > otherMargin : place < otherPlace;
