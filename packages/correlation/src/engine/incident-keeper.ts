import { compareConstraints } from '../constraint.ts';
import { joinGroups } from '../join.ts';
import { lineageOf } from '../lineage.ts';
import type { Ruleset } from '../ruleset.ts';
import type { ChangeRecorder } from './change-recorder.ts';
import type { EdgeTable } from './edge-table.ts';
import type { JudgementTable, Ruling } from './judgement-table.ts';
import type { SignalTable } from './signal-table.ts';
import type { StoryIndex } from './story-index.ts';

interface Parts {
  readonly ruleset: Ruleset;
  readonly signals: SignalTable;
  readonly stories: StoryIndex;
  readonly judgements: JudgementTable;
  readonly edges: EdgeTable;
  readonly recorder: ChangeRecorder;
}

/** A component up to this size is grouped anew after every input; a larger one once per `apply`, so that a giant is not regrouped for each arrival. */
const promptSize = 256;

/** Keeps the incidents: forms the groups of every component that was shaken anew, and tells how they differ. */
export class IncidentKeeper {
  readonly #parts: Parts;
  readonly #anchors: number[] = [];
  readonly #members = new Map<number, readonly number[]>();
  readonly #deferred = new Set<number>();
  readonly work = { membersRegrouped: 0 };

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The anchor of the incident that holds a signal. */
  anchorOf(slot: number): number | undefined {
    return this.#anchors[slot];
  }

  /** Ascending by id; undefined when it is no anchor. */
  members(anchor: number): readonly number[] | undefined {
    return this.#members.get(anchor);
  }

  anchors(): Iterable<number> {
    return this.#members.keys();
  }

  /** Forms the groups around these signals anew, now or, when they are in a large component, at `finish`. */
  regroup(shaken: ReadonlySet<number>, position: number): void {
    const [only = -1] = shaken;
    if (shaken.size === 1 && this.#isNewSingle(only)) {
      this.#openSingle(only, position);
      return;
    }
    const components = this.#componentsOf(shaken, promptSize);
    if (components === undefined || !this.#isClosed(components, shaken)) for (const slot of shaken) this.#deferred.add(slot);
    else this.#form(components, shaken, position);
  }

  /** Forms the groups that were put off. */
  finish(position: number): void {
    if (this.#deferred.size === 0) return;
    const shaken = new Set(this.#deferred);
    this.#deferred.clear();
    this.#form(this.#componentsOf(shaken, Infinity) ?? [], shaken, position);
  }

  #isNewSingle(slot: number): boolean {
    if (this.#anchors[slot] !== undefined || !this.#parts.signals.isLive(slot)) return false;
    for (const _ of this.#neighbours(slot)) return false;
    return true;
  }

  /** The connected components of these signals, each ascending by id; undefined when one is larger than the limit. */
  #componentsOf(shaken: ReadonlySet<number>, limit: number): readonly (readonly number[])[] | undefined {
    const { signals } = this.#parts;
    const seen = new Set<number>();
    const components: (readonly number[])[] = [];
    for (const seed of shaken) {
      if (seen.has(seed) || !signals.isLive(seed)) continue;
      const component = [seed];
      seen.add(seed);
      for (let at = 0; at < component.length; at++) {
        for (const other of this.#neighbours(component[at] ?? seed)) {
          if (seen.has(other)) continue;
          if (component.length >= limit || this.#deferred.has(other)) return undefined;
          seen.add(other);
          component.push(other);
        }
      }
      components.push(component.sort((a, b) => signals.compareIds(a, b)));
    }
    return components;
  }

  *#neighbours(slot: number): Generator<number> {
    const { edges, judgements, signals } = this.#parts;
    for (let place = 0; place < edges.degree(slot); place++) if (edges.isLinkableAt(slot, place)) yield edges.otherAt(slot, place);
    if (judgements.isEmpty) return;
    for (const [id, { constraint }] of judgements.rulingsOf(signals.id(slot))) {
      const other = constraint.kind === 'same' ? signals.find(id) : undefined;
      if (other !== undefined && signals.isLive(other)) yield other;
    }
  }

  /** True when every incident that has a member here is here whole. */
  #isClosed(components: readonly (readonly number[])[], shaken: ReadonlySet<number>): boolean {
    const counts = new Map<number, number>();
    const count = (slot: number): void => {
      const anchor = this.#anchors[slot];
      if (anchor !== undefined) counts.set(anchor, (counts.get(anchor) ?? 0) + 1);
    };
    for (const component of components) component.forEach(count);
    for (const slot of shaken) if (!this.#parts.signals.isLive(slot)) count(slot);
    return [...counts].every(([anchor, found]) => found === this.#members.get(anchor)?.length);
  }

  /** The usual case: one new signal with no link. */
  #openSingle(slot: number, position: number): void {
    const { signals, recorder } = this.#parts;
    recorder.touchIncident(slot, []);
    recorder.addLineage(slot, { cause: 'opened', signals: [signals.id(slot)], incidents: [], position });
    this.#members.set(slot, [slot]);
    this.#anchors[slot] = slot;
  }

  #form(components: readonly (readonly number[])[], shaken: ReadonlySet<number>, position: number): void {
    const { signals, recorder } = this.#parts;
    const groups = components.flatMap((component) => this.#groupsOf(component));
    const departed = [...shaken].filter((slot) => !signals.isLive(slot));
    const before = new Map<number, readonly number[]>();
    for (const slot of [...components.flat(), ...departed]) {
      const anchor = this.#anchors[slot];
      if (anchor !== undefined) before.set(anchor, this.#members.get(anchor) ?? []);
    }
    const after = new Map(groups.map((members) => [this.#anchorAmong(members), members]));
    this.#touchPairs(components, after);
    const named = ([anchor, members]: readonly [number, readonly number[]]): [string, readonly string[]] => [
      signals.id(anchor),
      members.map((slot) => signals.id(slot)),
    ];
    const lineage = lineageOf({ before: new Map([...before].map(named)), after: new Map([...after].map(named)), position });
    for (const [id, entries] of lineage) {
      const anchor = signals.slotOf(id);
      recorder.touchIncident(anchor, before.get(anchor) ?? []);
      for (const entry of entries) recorder.addLineage(anchor, entry);
    }
    for (const anchor of before.keys()) this.#members.delete(anchor);
    for (const slot of departed) delete this.#anchors[slot];
    for (const [anchor, members] of after) {
      this.#members.set(anchor, members);
      for (const member of members) this.#anchors[member] = anchor;
    }
  }

  #anchorAmong(members: readonly number[]): number {
    return members.reduce((first, member) => (this.#parts.signals.precedes(member, first) ? member : first));
  }

  /** The groups of one component by the join rule, each ascending by id. */
  #groupsOf(component: readonly number[]): readonly (readonly number[])[] {
    const { ruleset, signals, stories } = this.#parts;
    this.work.membersRegrouped += component.length;
    if (component.length === 1) return [component];
    const places = new Map(component.map((slot, place) => [slot, place]));
    const storyPlaces = new Map<number, number>();
    const storyOf = component.map((slot, place) => {
      const story = stories.storyOf(slot);
      const known = storyPlaces.get(story) ?? place;
      storyPlaces.set(story, known);
      return known;
    });
    const links = component.flatMap((slot, a) => this.#linksOf(slot, a, places));
    const constraints = this.#rulingsWithin(component).map(({ constraint: { kind, a, b } }) => ({
      kind,
      a: places.get(signals.slotOf(a)) ?? -1,
      b: places.get(signals.slotOf(b)) ?? -1,
    }));
    const groupOf = joinGroups({ storyOf, links, constraints }, ruleset);
    return [...Map.groupBy(component.keys(), (place) => groupOf[place]).values()].map((group) =>
      group.map((place) => component[place] ?? -1),
    );
  }

  #linksOf(slot: number, a: number, places: ReadonlyMap<number, number>): readonly { a: number; b: number; millibits: number }[] {
    const { edges } = this.#parts;
    const links: { a: number; b: number; millibits: number }[] = [];
    for (let place = 0; place < edges.degree(slot); place++) {
      const b = places.get(edges.otherAt(slot, place)) ?? -1;
      if (b > a && edges.isLinkableAt(slot, place)) links.push({ a, b, millibits: edges.millibitsAt(slot, place) });
    }
    return links;
  }

  #rulingsWithin(component: readonly number[]): readonly Ruling[] {
    const { judgements, signals } = this.#parts;
    if (judgements.isEmpty) return [];
    const ids = new Set(component.map((slot) => signals.id(slot)));
    const rulings = component.flatMap((slot) =>
      [...judgements.rulingsOf(signals.id(slot)).values()].filter(({ constraint: { a, b } }) => a === signals.id(slot) && ids.has(b)),
    );
    return rulings.sort((x, y) => compareConstraints(x.constraint, y.constraint));
  }

  /** Links whose ends come into one incident or part. */
  #touchPairs(components: readonly (readonly number[])[], after: ReadonlyMap<number, readonly number[]>): void {
    const { edges, recorder } = this.#parts;
    const next = new Map<number, number>();
    for (const [anchor, members] of after) for (const member of members) next.set(member, anchor);
    for (const slot of components.flat()) {
      for (let place = 0; place < edges.degree(slot); place++) {
        const other = edges.otherAt(slot, place);
        if (other < slot) continue;
        const was = this.#anchors[slot] !== undefined && this.#anchors[slot] === this.#anchors[other];
        const is = next.get(slot) === next.get(other) && next.has(other);
        if (was !== is) recorder.touchPair(slot, other);
      }
    }
  }
}
