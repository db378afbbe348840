import type { EchoChange, EchoIndex } from './echo-index.ts';
import type { KeyIndex } from './key-index.ts';
import type { SignalTable } from './signal-table.ts';

/** Signals that repeat one another, when there are at least two. */
interface Story {
  readonly members: Set<number>;
  /** For each value of the story the member that holds it and was observed first: telling the story again later changes nothing. */
  readonly standsFor: Map<number, number>;
  /** Members that may have links other than to their echoes, with the number of reasons: values they stand for, judgements. */
  readonly active: Map<number, number>;
}

/** Keeps, for every story and every value in it, one member that stands for the value in the index. */
export class StoryIndex {
  readonly #signals: SignalTable;
  readonly #keys: KeyIndex;
  readonly #echoes: EchoIndex;
  /** Only stories of two and more. */
  readonly #storyOf = new Map<number, Story>();
  readonly #pinned = new Set<number>();

  constructor(signals: SignalTable, keys: KeyIndex, echoes: EchoIndex) {
    this.#signals = signals;
    this.#keys = keys;
    this.#echoes = echoes;
  }

  /** Takes in a new signal as a story of its own. */
  add(slot: number): void {
    const keys = this.#keysOf(slot);
    for (let at = 0; at < keys.length; at++) this.#keys.introduce(keys[at] ?? 0, slot);
  }

  /** Takes a signal out, while it is still in the table; `settle` must follow. */
  remove(slot: number): void {
    const story = this.#storyOf.get(slot);
    if (story === undefined) {
      for (const key of this.#keysOf(slot)) this.#keys.drop(key, slot);
      return;
    }
    story.members.delete(slot);
    story.active.delete(slot);
    this.#storyOf.delete(slot);
    for (const key of this.#keysOf(slot)) {
      if (story.standsFor.get(key) !== slot) continue;
      this.#keys.drop(key, slot);
      story.standsFor.delete(key);
      this.#appoint(story, key);
    }
    this.#closeSingle(story);
  }

  /** Makes the stories follow the echoes that came and went. */
  settle(changes: readonly EchoChange[]): void {
    for (const story of this.#shaken(changes)) if (!this.#holdsTogether(story)) this.#rebuild(story);
    for (const { a, b, echo } of changes) if (echo) this.#unite(a, b);
  }

  /** A number that all signals of one story have in common, and no others. */
  storyOf(slot: number): number {
    const [first] = this.#storyOf.get(slot)?.members ?? [slot];
    return first ?? slot;
  }

  /** True when another signal tells the same story. */
  isRepeated(slot: number): boolean {
    return this.#storyOf.has(slot);
  }

  sameStory(a: number, b: number): boolean {
    const story = this.#storyOf.get(a);
    return story !== undefined && story === this.#storyOf.get(b);
  }

  /** True when the signal, which holds the value, stands for it in its story. */
  standsFor(slot: number, key: number): boolean {
    const story = this.#storyOf.get(slot);
    return story === undefined || story.standsFor.get(key) === slot;
  }

  /** Signals among which are all that hold the value and may have links other than to their echoes. */
  *activeAround(key: number): Generator<number> {
    for (let place = 0; place < this.#keys.count(key); place++) {
      const holder = this.#keys.holderAt(key, place);
      const story = this.#storyOf.get(holder);
      if (story === undefined) yield holder;
      else yield* story.active.keys();
    }
  }

  /** Counts a signal among the active ones, whatever it stands for. */
  pin(slot: number): void {
    if (this.#pinned.has(slot)) return;
    this.#pinned.add(slot);
    const story = this.#storyOf.get(slot);
    if (story !== undefined) count(story.active, slot, 1);
  }

  unpin(slot: number): void {
    if (!this.#pinned.delete(slot)) return;
    const story = this.#storyOf.get(slot);
    if (story !== undefined) count(story.active, slot, -1);
  }

  #keysOf(slot: number): Int32Array {
    return this.#signals.keys(slot);
  }

  /** Stories that lost an echo, or a member, without which they may fall apart. */
  #shaken(changes: readonly EchoChange[]): ReadonlySet<Story> {
    const shaken = new Set<Story>();
    const left = new Map<number, number[]>();
    const lost = (slot: number): void => {
      const story = this.#storyOf.get(slot);
      if (story !== undefined) shaken.add(story);
    };
    for (const { a, b, echo } of changes) {
      if (echo) continue;
      const [gone, other] = this.#signals.isLive(a) ? [b, a] : [a, b];
      if (!this.#signals.isLive(gone)) left.set(gone, [...(left.get(gone) ?? []), other]);
      else if (!this.#shareEcho(a, b)) for (const slot of [a, b]) lost(slot);
    }
    for (const others of left.values()) if (!this.#hangTogether(others)) for (const slot of others) lost(slot);
    return shaken;
  }

  /** True when a third signal repeats both. */
  #shareEcho(a: number, b: number): boolean {
    const [few, many] = this.#echoes.echoCount(a) < this.#echoes.echoCount(b) ? [a, b] : [b, a];
    for (const other of this.#echoes.echoesOf(few)) if (this.#echoes.areEchoes(other, many)) return true;
    return false;
  }

  /** True when the echoes among some signals are enough to hold them together. */
  #hangTogether(slots: readonly number[]): boolean {
    const [start = -1, ...others] = slots;
    const reached = new Set([start]);
    const apart = new Set(others);
    for (const slot of reached) {
      for (const other of apart) if (this.#echoes.areEchoes(slot, other) && apart.delete(other)) reached.add(other);
    }
    return apart.size === 0;
  }

  #holdsTogether({ members }: Story): boolean {
    const [start] = members;
    if (start === undefined) return true;
    const reached = new Set([start]);
    for (const slot of reached) for (const other of this.#echoes.echoesOf(slot)) if (members.has(other)) reached.add(other);
    return reached.size === members.size;
  }

  #rebuild(story: Story): void {
    for (const [key, holder] of story.standsFor) this.#keys.drop(key, holder);
    for (const member of story.members) this.#storyOf.delete(member);
    for (const member of story.members) for (const key of this.#keysOf(member)) this.#keys.add(key, member);
    for (const member of story.members) {
      for (const other of this.#echoes.echoesOf(member)) if (story.members.has(other)) this.#unite(member, other);
    }
  }

  #closeSingle(story: Story): void {
    if (story.members.size === 1) for (const member of story.members) this.#storyOf.delete(member);
  }

  #open(slot: number): Story {
    const known = this.#storyOf.get(slot);
    if (known !== undefined) return known;
    const keys = this.#keysOf(slot);
    const reasons = keys.length + (this.#pinned.has(slot) ? 1 : 0);
    const story: Story = { members: new Set([slot]), standsFor: new Map(), active: new Map(reasons === 0 ? [] : [[slot, reasons]]) };
    for (const key of keys) story.standsFor.set(key, slot);
    this.#storyOf.set(slot, story);
    return story;
  }

  #unite(a: number, b: number): void {
    const [x, y] = [this.#open(a), this.#open(b)];
    if (x === y) return;
    const [into, from] = x.members.size >= y.members.size ? [x, y] : [y, x];
    for (const member of from.members) {
      into.members.add(member);
      this.#storyOf.set(member, into);
    }
    for (const [slot, reasons] of from.active) into.active.set(slot, reasons);
    for (const [key, holder] of from.standsFor) this.#contend(into, key, holder);
  }

  /** Lets two members that stand for one value decide who stays: the one observed first. */
  #contend({ standsFor, active }: Story, key: number, rival: number): void {
    const holder = standsFor.get(key);
    if (holder === undefined) {
      standsFor.set(key, rival);
      return;
    }
    const [stays, goes] = this.#signals.observedBefore(rival, holder) ? [rival, holder] : [holder, rival];
    standsFor.set(key, stays);
    count(active, goes, -1);
    this.#keys.drop(key, goes);
  }

  #appoint({ members, standsFor, active }: Story, key: number): void {
    let best = -1;
    for (const member of members) {
      if ((best === -1 || this.#signals.observedBefore(member, best)) && this.#signals.holds(member, key)) best = member;
    }
    if (best === -1) return;
    standsFor.set(key, best);
    count(active, best, 1);
    this.#keys.add(key, best);
  }
}

function count(counts: Map<number, number>, slot: number, change: number): void {
  const next = (counts.get(slot) ?? 0) + change;
  if (next === 0) counts.delete(slot);
  else counts.set(slot, next);
}
