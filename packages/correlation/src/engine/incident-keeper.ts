import { lineageOf } from '../lineage.ts';
import type { ChangeRecorder } from './change-recorder.ts';
import { Int32Column } from './int32-column.ts';
import { RegionJoin, type RegionParts } from './region-join.ts';

interface Parts extends RegionParts {
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
  readonly #regions: RegionJoin;
  readonly work = { membersRegrouped: 0 };

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#regions = new RegionJoin(parts);
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
    for (const slot of shaken) if (this.#parts.signals.isLive(slot)) core.add(slot);
    let drawnIn: Iterable<number> = new Set([...shaken].flatMap((slot) => this.anchorOf(slot) ?? []));
    for (;;) {
      if (core.size + this.#sizeOf(drawnIn) > limit + shaken.size) return undefined;
      this.#addIncidents(drawnIn, core);
      const rim = this.#rimOf(core);
      if (core.size + this.#sizeOf(rim) > limit) return undefined;
      const region = [...core, ...[...rim].flatMap((anchor) => this.#members.get(anchor) ?? [])];
      if (limit < Infinity && region.some((slot) => this.#deferred.has(slot))) return undefined;
      this.work.membersRegrouped += region.length;
      const groups = this.#regions.groupsOf(region.sort((a, b) => this.#parts.signals.compareIds(a, b)));
      const formed = new Map(groups.map((members) => [members[0], members]));
      const changed = [...rim].filter((anchor) => {
        const members = this.#members.get(anchor) ?? [];
        return !areEqual(formed.get(members[0]), members);
      });
      if (changed.length === 0) return groups;
      drawnIn = changed;
    }
  }

  #sizeOf(anchors: Iterable<number>): number {
    let size = 0;
    for (const anchor of anchors) size += this.#members.get(anchor)?.length ?? 0;
    return size;
  }

  /** Adds the live signals of some incidents. */
  #addIncidents(anchors: Iterable<number>, core: Set<number>): void {
    const { signals } = this.#parts;
    for (const anchor of anchors) for (const member of this.#members.get(anchor) ?? []) if (signals.isLive(member)) core.add(member);
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
