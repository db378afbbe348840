import { compareConstraints } from '../constraint.ts';
import { joinGroups } from '../join.ts';
import type { Ruleset } from '../ruleset.ts';
import type { EdgeTable } from './edge-table.ts';
import { FastJoin, fastJoinLimits } from './fast-join.ts';
import { Int32Column } from './int32-column.ts';
import type { JudgementTable, Ruling } from './judgement-table.ts';
import type { SignalTable } from './signal-table.ts';
import type { StoryIndex } from './story-index.ts';

/** What the join of a region looks at. */
export interface RegionParts {
  readonly ruleset: Ruleset;
  readonly signals: SignalTable;
  readonly stories: StoryIndex;
  readonly judgements: JudgementTable;
  readonly edges: EdgeTable;
}

type Members = readonly number[];

/** Applies the join rule to some signals: over flat arrays where it can, by its definition where judgements or size ask for it. */
export class RegionJoin {
  readonly #parts: RegionParts;
  readonly #join: FastJoin;
  /** For each slot where it stands in the region at hand + 1; 0 outside of it. */
  readonly #places = new Int32Column();

  constructor(parts: RegionParts) {
    this.#parts = parts;
    this.#join = new FastJoin(parts.ruleset);
  }

  /** The groups of some signals, ascending by id, by the join rule, each ascending by id. */
  groupsOf(region: Members): readonly Members[] {
    const size = region.length;
    if (size < 2) return size === 0 ? [] : [region];
    for (let place = 0; place < size; place++) this.#places.set(region[place] ?? 0, place + 1);
    const { judgements } = this.#parts;
    const fast = judgements.isEmpty && size <= fastJoinLimits.members ? this.#joinFast(region) : undefined;
    const groupOf = fast ?? this.#joinByDefinition(region);
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

  /** Undefined when a score is too high for it. */
  #joinFast(region: Members): Int32Array | undefined {
    let highest = 0;
    this.#join.start(this.#storiesOf(region), region.length);
    this.#eachLink(region, (a, b, millibits) => {
      highest = Math.max(highest, millibits);
      this.#join.link(a, b, millibits);
    });
    return highest < fastJoinLimits.millibits ? this.#join.join() : undefined;
  }

  #joinByDefinition(region: Members): Int32Array {
    const { ruleset, signals } = this.#parts;
    const storyOf = this.#storiesOf(region);
    const links: { a: number; b: number; millibits: number }[] = [];
    this.#eachLink(region, (a, b, millibits) => links.push({ a, b, millibits }));
    const placeOf = (id: string): number => this.#places.get(signals.slotOf(id)) - 1;
    const constraints = this.#rulingsWithin(region).map(({ constraint: { kind, a, b } }) => ({ kind, a: placeOf(a), b: placeOf(b) }));
    return joinGroups({ storyOf, links, constraints }, ruleset);
  }

  /** For each member the place of the first of its story in the region. */
  #storiesOf(region: Members): Int32Array {
    const { stories } = this.#parts;
    const storyOf = new Int32Array(region.length);
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
    return storyOf;
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
}
