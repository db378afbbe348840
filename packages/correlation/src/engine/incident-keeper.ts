import { compareConstraints } from '../constraint.ts';
import { joinGroups } from '../join.ts';
import { lineageOf } from '../lineage.ts';
import type { Ruleset } from '../ruleset.ts';
import type { ChangeRecorder } from './change-recorder.ts';
import type { EdgeTable } from './edge-table.ts';
import { FastJoin, fastJoinLimit } from './fast-join.ts';
import { Int32Column } from './int32-column.ts';
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

type Members = readonly number[];

/** A component up to this size is grouped anew after every input; a larger one once per `apply`, so that a giant is not regrouped for each arrival. */
const promptSize = 256;

/** Keeps the incidents: forms the groups of every component that was shaken anew, and tells how they differ. */
export class IncidentKeeper {
  readonly #parts: Parts;
  /** For each slot the slot of its incident's anchor + 1; 0 for none. */
  readonly #anchors = new Int32Column();
  readonly #members = new Map<number, Members>();
  readonly #deferred = new Set<number>();
  readonly #join: FastJoin;
  readonly #storyOf = new Int32Array(fastJoinLimit);
  /** For each slot where it stands in the component at hand + 1; 0 outside of it. */
  readonly #places = new Int32Column();
  readonly work = { membersRegrouped: 0 };

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#join = new FastJoin(parts.ruleset);
  }

  /** The anchor of the incident that holds a signal. */
  anchorOf(slot: number): number | undefined {
    const anchor = slot < 0 ? 0 : this.#anchors.get(slot);
    return anchor === 0 ? undefined : anchor - 1;
  }

  /** Ascending by id; undefined when it is no anchor. */
  members(anchor: number): Members | undefined {
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
    return this.anchorOf(slot) === undefined && this.#parts.signals.isLive(slot) && this.#neighbours(slot).length === 0;
  }

  /** The connected components of these signals, each ascending by id; undefined when one is larger than the limit. */
  #componentsOf(shaken: ReadonlySet<number>, limit: number): readonly Members[] | undefined {
    const { signals } = this.#parts;
    const seen = new Set<number>();
    const components: Members[] = [];
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

  #neighbours(slot: number): Members {
    const { edges, judgements, signals } = this.#parts;
    const linkable = edges.linkable(slot);
    if (judgements.isEmpty) return linkable;
    const judged = [...judgements.rulingsOf(signals.id(slot))].flatMap(([id, { constraint }]) => {
      const other = constraint.kind === 'same' ? signals.find(id) : undefined;
      return other !== undefined && signals.isLive(other) ? [other] : [];
    });
    return [...linkable, ...judged];
  }

  /** True when every incident that has a member here is here whole. */
  #isClosed(components: readonly Members[], shaken: ReadonlySet<number>): boolean {
    const counts = new Map<number, number>();
    const count = (slot: number): void => {
      const anchor = this.anchorOf(slot);
      if (anchor !== undefined) counts.set(anchor, (counts.get(anchor) ?? 0) + 1);
    };
    for (const component of components) component.forEach(count);
    for (const slot of shaken) if (!this.#parts.signals.isLive(slot)) count(slot);
    for (const [anchor, found] of counts) if (found !== this.#members.get(anchor)?.length) return false;
    return true;
  }

  /** The usual case: one new signal with no link. */
  #openSingle(slot: number, position: number): void {
    const { signals, recorder } = this.#parts;
    recorder.touchIncident(slot, []);
    recorder.addLineage(slot, { cause: 'opened', signals: [signals.id(slot)], incidents: [], position });
    this.#members.set(slot, [slot]);
    this.#anchors.set(slot, slot + 1);
  }

  #form(components: readonly Members[], shaken: ReadonlySet<number>, position: number): void {
    const { signals } = this.#parts;
    const after = new Map<number, Members>();
    for (const component of components) {
      for (const members of this.#groupsOf(component)) {
        const anchor = this.#anchorAmong(members);
        if (!areEqual(this.#members.get(anchor), members)) after.set(anchor, members);
      }
    }
    const departed = [...shaken].filter((slot) => !signals.isLive(slot));
    const before = this.#incidentsOf(after.values(), departed);
    if (after.size === 0 && before.size === 0) return;
    this.#touchPairs(after);
    this.#tell(before, after, position);
    for (const anchor of before.keys()) this.#members.delete(anchor);
    for (const slot of departed) this.#anchors.set(slot, 0);
    for (const [anchor, members] of after) {
      this.#members.set(anchor, members);
      for (const member of members) this.#anchors.set(member, anchor + 1);
    }
  }

  /** The incidents, as they still stand, of signals that are to be in another or in none. */
  #incidentsOf(changed: Iterable<Members>, departed: Members): ReadonlyMap<number, Members> {
    const before = new Map<number, Members>();
    const add = (slot: number): void => {
      const anchor = this.anchorOf(slot);
      if (anchor !== undefined && !before.has(anchor)) before.set(anchor, this.#members.get(anchor) ?? []);
    };
    for (const members of changed) members.forEach(add);
    departed.forEach(add);
    return before;
  }

  #tell(before: ReadonlyMap<number, Members>, after: ReadonlyMap<number, Members>, position: number): void {
    const { signals, recorder } = this.#parts;
    const [[anchor, members] = [-1, []]] = after;
    const old = before.get(anchor);
    if (
      after.size === 1 &&
      before.size === 1 &&
      old !== undefined &&
      old.length < members.length &&
      old.every((slot) => signals.isLive(slot))
    ) {
      const known = new Set(old);
      recorder.touchIncident(anchor, old);
      const joined = members.filter((slot) => !known.has(slot)).map((slot) => signals.id(slot));
      recorder.addLineage(anchor, { cause: 'joined', signals: joined, incidents: [], position });
      return;
    }
    const named = ([each, slots]: readonly [number, Members]): [string, readonly string[]] => [
      signals.id(each),
      slots.map((slot) => signals.id(slot)),
    ];
    const lineage = lineageOf({ before: new Map([...before].map(named)), after: new Map([...after].map(named)), position });
    for (const [id, entries] of lineage) {
      const each = signals.slotOf(id);
      recorder.touchIncident(each, before.get(each) ?? []);
      for (const entry of entries) recorder.addLineage(each, entry);
    }
  }

  #anchorAmong(members: Members): number {
    const { signals } = this.#parts;
    return members.reduce((first, member) => (signals.precedes(member, first) ? member : first));
  }

  /** The groups of one component by the join rule, each ascending by id. */
  #groupsOf(component: Members): readonly Members[] {
    const size = component.length;
    this.work.membersRegrouped += size;
    if (size === 1) return [component];
    for (let place = 0; place < size; place++) this.#places.set(component[place] ?? 0, place + 1);
    const { judgements } = this.#parts;
    const groupOf = size <= fastJoinLimit && judgements.isEmpty ? this.#joinFast(component) : this.#joinByDefinition(component);
    for (const slot of component) this.#places.set(slot, 0);
    const groups: number[][] = [];
    const byFirst: (number[] | undefined)[] = [];
    for (let place = 0; place < size; place++) {
      const first = groupOf[place] ?? place;
      const group = byFirst[first] ?? [];
      if (group.push(component[place] ?? -1) === 1) {
        byFirst[first] = group;
        groups.push(group);
      }
    }
    return groups.length === 1 ? [component] : groups;
  }

  #joinFast(component: Members): Int32Array {
    this.#placeStories(component, this.#storyOf);
    this.#join.start(this.#storyOf, component.length);
    this.#eachLink(component, (a, b, millibits) => this.#join.link(a, b, millibits));
    return this.#join.join();
  }

  #joinByDefinition(component: Members): Int32Array {
    const { ruleset, signals } = this.#parts;
    const storyOf = new Int32Array(component.length);
    this.#placeStories(component, storyOf);
    const links: { a: number; b: number; millibits: number }[] = [];
    this.#eachLink(component, (a, b, millibits) => links.push({ a, b, millibits }));
    const placeOf = (id: string): number => this.#places.get(signals.slotOf(id)) - 1;
    const constraints = this.#rulingsWithin(component).map(({ constraint: { kind, a, b } }) => ({ kind, a: placeOf(a), b: placeOf(b) }));
    return joinGroups({ storyOf, links, constraints }, ruleset);
  }

  /** Writes for each member the place of the first of its story in the component. */
  #placeStories(component: Members, storyOf: Int32Array): void {
    const { stories } = this.#parts;
    const firsts = new Map<number, number>();
    for (let place = 0; place < component.length; place++) {
      const slot = component[place] ?? 0;
      storyOf[place] = place;
      if (!stories.isRepeated(slot)) continue;
      const story = stories.storyOf(slot);
      const first = firsts.get(story);
      if (first === undefined) firsts.set(story, place);
      else storyOf[place] = first;
    }
  }

  /** Every link inside the component at hand, once, by the places of its ends. */
  #eachLink(component: Members, give: (a: number, b: number, millibits: number) => void): void {
    const { edges } = this.#parts;
    for (let a = 0; a < component.length; a++) {
      const slot = component[a] ?? 0;
      for (let at = 0; at < edges.degree(slot); at++) {
        const b = this.#places.get(edges.otherAt(slot, at)) - 1;
        if (b > a && edges.isLinkableAt(slot, at)) give(a, b, edges.millibitsAt(slot, at));
      }
    }
  }

  #rulingsWithin(component: Members): readonly Ruling[] {
    const { judgements, signals } = this.#parts;
    if (judgements.isEmpty) return [];
    const ids = new Set(component.map((slot) => signals.id(slot)));
    const rulings = component.flatMap((slot) =>
      [...judgements.rulingsOf(signals.id(slot)).values()].filter(({ constraint: { a, b } }) => a === signals.id(slot) && ids.has(b)),
    );
    return rulings.sort((x, y) => compareConstraints(x.constraint, y.constraint));
  }

  /** Links whose ends come into one incident or part: one end is in a group that changed. */
  #touchPairs(after: ReadonlyMap<number, Members>): void {
    const { edges, recorder } = this.#parts;
    const next = new Map<number, number>();
    for (const [anchor, members] of after) for (const member of members) next.set(member, anchor);
    for (const slot of next.keys()) {
      for (let place = 0; place < edges.degree(slot); place++) {
        const other = edges.otherAt(slot, place);
        const was = this.anchorOf(slot) !== undefined && this.anchorOf(slot) === this.anchorOf(other);
        const is = next.get(slot) === (next.get(other) ?? this.anchorOf(other));
        if (was !== is) recorder.touchPair(slot, other);
      }
    }
  }
}

const areEqual = (x: Members | undefined, y: Members): boolean =>
  x !== undefined && x.length === y.length && x.every((slot, at) => slot === y[at]);
