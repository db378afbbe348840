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

/** A region up to this size is grouped anew after every input; a larger one once per `apply`, so that a giant is not regrouped for each arrival. */
const promptSize = 256;

/** Keeps the incidents: forms the groups around every signal that was shaken anew, and tells how they differ. */
export class IncidentKeeper {
  readonly #parts: Parts;
  /** For each slot the slot of its incident's anchor + 1; 0 for none. */
  readonly #anchors = new Int32Column();
  readonly #members = new Map<number, Members>();
  readonly #deferred = new Set<number>();
  readonly #join: FastJoin;
  readonly #storyOf = new Int32Array(fastJoinLimit);
  /** For each slot where it stands in the region at hand + 1; 0 outside of it. */
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
    const groups = this.#groupsAround(shaken, promptSize);
    if (groups === undefined) for (const slot of shaken) this.#deferred.add(slot);
    else this.#form(groups, shaken, position);
  }

  /** Forms the groups that were put off. */
  finish(position: number): void {
    if (this.#deferred.size === 0) return;
    const shaken = new Set(this.#deferred);
    this.#deferred.clear();
    this.#form(this.#groupsAround(shaken, Infinity) ?? [], shaken, position);
  }

  #isNewSingle(slot: number): boolean {
    return this.anchorOf(slot) === undefined && this.#parts.signals.isLive(slot) && this.#neighbours(slot).length === 0;
  }

  /**
   * The groups of the shaken signals and of all they may be in one with; undefined when there are more signals to look at than the limit. Looks at the
   * incidents of the shaken signals, the core, and at those next to it, the rim. When each incident of the rim comes out as it was, it never had to do
   * with the core, so that its own neighbours had nothing to do with this either; one that does not belongs to the core, and there is a new rim.
   */
  #groupsAround(shaken: ReadonlySet<number>, limit: number): readonly Members[] | undefined {
    const core = new Set<number>();
    for (const slot of shaken) this.#addIncidentOf(slot, core);
    for (;;) {
      const rim = this.#rimOf(core);
      const region = [...core, ...[...rim].flatMap((anchor) => this.#members.get(anchor) ?? [])];
      if (region.length > limit || (limit < Infinity && region.some((slot) => this.#deferred.has(slot)))) return undefined;
      const groups = this.#groupsOf(region.sort((a, b) => this.#parts.signals.compareIds(a, b)));
      const formed = new Map(groups.map((members) => [members[0], members]));
      const drawnIn = [...rim].filter((anchor) => {
        const members = this.#members.get(anchor) ?? [];
        return !areEqual(formed.get(members[0]), members);
      });
      if (drawnIn.length === 0) return groups;
      for (const anchor of drawnIn) this.#addIncidentOf(anchor, core);
    }
  }

  /** Adds the live signals that are in one incident with a signal, and itself. */
  #addIncidentOf(slot: number, core: Set<number>): void {
    const { signals } = this.#parts;
    for (const member of this.#members.get(this.anchorOf(slot) ?? -1) ?? [slot]) if (signals.isLive(member)) core.add(member);
    if (signals.isLive(slot)) core.add(slot);
  }

  /** The anchors of the incidents that signals outside the core are in which have a link into it; such signals that are in none join the core. */
  #rimOf(core: Set<number>): ReadonlySet<number> {
    const rim = new Set<number>();
    for (const slot of core) {
      for (const other of this.#neighbours(slot)) {
        if (core.has(other)) continue;
        const anchor = this.anchorOf(other);
        if (anchor === undefined) core.add(other);
        else rim.add(anchor);
      }
    }
    return rim;
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

  /** The usual case: one new signal with no link. */
  #openSingle(slot: number, position: number): void {
    const { signals, recorder } = this.#parts;
    recorder.touchIncident(slot, []);
    recorder.addLineage(slot, { cause: 'opened', signals: [signals.id(slot)], incidents: [], position });
    this.#members.set(slot, [slot]);
    this.#anchors.set(slot, slot + 1);
  }

  #form(groups: readonly Members[], shaken: ReadonlySet<number>, position: number): void {
    const { signals } = this.#parts;
    const after = new Map<number, Members>();
    for (const members of groups) {
      const anchor = this.#anchorAmong(members);
      if (!areEqual(this.#members.get(anchor), members)) after.set(anchor, members);
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

  /** The groups of some signals, ascending by id, by the join rule, each ascending by id. */
  #groupsOf(region: Members): readonly Members[] {
    const size = region.length;
    this.work.membersRegrouped += size;
    if (size < 2) return size === 0 ? [] : [region];
    for (let place = 0; place < size; place++) this.#places.set(region[place] ?? 0, place + 1);
    const { judgements } = this.#parts;
    const groupOf = size <= fastJoinLimit && judgements.isEmpty ? this.#joinFast(region) : this.#joinByDefinition(region);
    for (const slot of region) this.#places.set(slot, 0);
    const groups: number[][] = [];
    const byFirst: (number[] | undefined)[] = [];
    for (let place = 0; place < size; place++) {
      const first = groupOf[place] ?? place;
      const group = byFirst[first] ?? [];
      if (group.push(region[place] ?? -1) === 1) {
        byFirst[first] = group;
        groups.push(group);
      }
    }
    return groups.length === 1 ? [region] : groups;
  }

  #joinFast(region: Members): Int32Array {
    this.#placeStories(region, this.#storyOf);
    this.#join.start(this.#storyOf, region.length);
    this.#eachLink(region, (a, b, millibits) => this.#join.link(a, b, millibits));
    return this.#join.join();
  }

  #joinByDefinition(region: Members): Int32Array {
    const { ruleset, signals } = this.#parts;
    const storyOf = new Int32Array(region.length);
    this.#placeStories(region, storyOf);
    const links: { a: number; b: number; millibits: number }[] = [];
    this.#eachLink(region, (a, b, millibits) => links.push({ a, b, millibits }));
    const placeOf = (id: string): number => this.#places.get(signals.slotOf(id)) - 1;
    const constraints = this.#rulingsWithin(region).map(({ constraint: { kind, a, b } }) => ({ kind, a: placeOf(a), b: placeOf(b) }));
    return joinGroups({ storyOf, links, constraints }, ruleset);
  }

  /** Writes for each member the place of the first of its story in the region. */
  #placeStories(region: Members, storyOf: Int32Array): void {
    const { stories } = this.#parts;
    const firsts = new Map<number, number>();
    for (let place = 0; place < region.length; place++) {
      const slot = region[place] ?? 0;
      storyOf[place] = place;
      if (!stories.isRepeated(slot)) continue;
      const story = stories.storyOf(slot);
      const first = firsts.get(story);
      if (first === undefined) firsts.set(story, place);
      else storyOf[place] = first;
    }
  }

  /** Every link inside the region at hand, once, by the places of its ends. */
  #eachLink(region: Members, give: (a: number, b: number, millibits: number) => void): void {
    const { edges } = this.#parts;
    for (let a = 0; a < region.length; a++) {
      const slot = region[a] ?? 0;
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
