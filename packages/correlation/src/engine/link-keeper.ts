import { echoLedger } from '../echo.ts';
import { judgedLedger } from '../judged-ledger.ts';
import { factsOf } from '../pair-facts.ts';
import { type Ruleset, toMillibits } from '../ruleset.ts';
import { type Ledger, ledgerOf } from '../score.ts';
import type { ChangeRecorder } from './change-recorder.ts';
import type { EchoIndex } from './echo-index.ts';
import type { Edge, EdgeTable } from './edge-table.ts';
import { Int32Column } from './int32-column.ts';
import type { JudgementTable } from './judgement-table.ts';
import type { HolderChange, KeyIndex } from './key-index.ts';
import { PairScorer } from './pair-scorer.ts';
import { PairSet } from './pair-set.ts';
import { sharedKeysOf } from './shared-keys.ts';
import type { SignalTable } from './signal-table.ts';
import type { StoryIndex } from './story-index.ts';

interface Parts {
  readonly ruleset: Ruleset;
  readonly signals: SignalTable;
  readonly keys: KeyIndex;
  readonly echoes: EchoIndex;
  readonly stories: StoryIndex;
  readonly judgements: JudgementTable;
  readonly edges: EdgeTable;
  readonly recorder: ChangeRecorder;
}

/** Keeps the score of every pair that is worth keeping: looks again at a pair exactly when something that its score or its being a pair depends on has changed. */
export class LinkKeeper {
  readonly #parts: Parts;
  readonly #scorer: PairScorer;
  readonly #thresholds: { readonly link: number; readonly possible: number; readonly secondLeg: number; readonly echo: number };
  #wanted = new PairSet();
  readonly #fresh = new Set<number>();
  /** Signals at the ends of links that came, went or weigh otherwise. */
  #shaken = new Set<number>();
  /** For each slot the number of the last new signal that it was paired with. */
  readonly #met = new Int32Column();
  #meeting = 0;
  readonly work = { candidatesTouched: 0, pairsScored: 0, edgesChanged: 0 };

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#scorer = new PairScorer(parts.ruleset, parts.signals, parts.keys);
    const { thresholds, echo } = parts.ruleset;
    this.#thresholds = {
      link: toMillibits(thresholds.linkBits),
      possible: toMillibits(thresholds.possibleBits),
      secondLeg: toMillibits(thresholds.secondLegBits),
      echo: toMillibits(echo.bits),
    };
  }

  /** Takes a live signal in; `settle` must follow. */
  add(slot: number, storyKeys: readonly number[]): void {
    const { echoes, stories, signals, judgements } = this.#parts;
    echoes.add(slot, storyKeys);
    stories.add(slot);
    this.#fresh.add(slot);
    this.#shaken.add(slot);
    if (judgements.isEmpty) return;
    for (const other of judgements.rulingsOf(signals.id(slot)).keys()) this.#want(slot, signals.find(other) ?? slot);
  }

  /** Takes a live signal out, of the table too; `settle` must follow. */
  remove(slot: number): void {
    const { echoes, stories, signals, judgements, edges, recorder } = this.#parts;
    for (const other of edges.others(slot)) {
      recorder.touchPair(slot, other);
      if (edges.get(slot, other)?.linkable === true) this.#shaken.add(other);
      edges.delete(slot, other);
    }
    for (const other of judgements.rulingsOf(signals.id(slot)).keys()) this.#shaken.add(signals.find(other) ?? slot);
    this.#fresh.delete(slot);
    this.#shaken.add(slot);
    echoes.remove(slot);
    stories.remove(slot);
    signals.leave(slot);
    this.#settleStories();
  }

  /** Looks again at a pair whose judgement changed, and at what hangs on it. */
  rule(a: number, b: number): void {
    this.#shaken.add(a).add(b);
    this.#want(a, b);
  }

  /** Brings every score up to date; gives the signals from which the groups must be formed anew. */
  settle(): ReadonlySet<number> {
    this.#settleStories();
    for (const change of this.#parts.keys.takeChanges()) this.#wantAround(change);
    for (const slot of this.#fresh) this.#meet(slot);
    this.#fresh.clear();
    if (this.#wanted.size > 0) {
      const wanted = this.#wanted;
      this.#wanted = new PairSet();
      for (const [a, b] of wanted) this.#check(a, b);
    }
    const shaken = this.#shaken;
    this.#shaken = new Set();
    return shaken;
  }

  /** The ledger of two live signals as it stands. */
  ledger(a: number, b: number): Ledger | undefined {
    const { signals, echoes, keys, ruleset, judgements } = this.#parts;
    if (a === b || !signals.isLive(a) || !signals.isLive(b)) return undefined;
    const [first, second] = signals.compareIds(a, b) < 0 ? [a, b] : [b, a];
    const computed = echoes.areEchoes(a, b)
      ? echoLedger(signals.echoSide(first), signals.echoSide(second), ruleset)
      : ledgerOf(
          factsOf(signals.comparedTraits(first), signals.comparedTraits(second), sharedKeysOf(first, second, signals, keys), ruleset),
          ruleset,
        );
    return judgements.isSame(signals.id(a), signals.id(b)) ? judgedLedger(computed) : computed;
  }

  #settleStories(): void {
    const changes = this.#parts.echoes.takeChanges();
    if (changes.length === 0) return;
    this.#parts.stories.settle(changes);
    for (const { a, b } of changes) this.#want(a, b);
  }

  #want(a: number, b: number): void {
    if (a !== b) this.#wanted.add(a, b);
  }

  /** Looks at every pair of a new signal. */
  #meet(slot: number): void {
    const { signals, keys, stories } = this.#parts;
    const meeting = ++this.#meeting;
    const own = signals.keys(slot);
    this.#met.set(slot, meeting);
    for (let at = 0; at < own.length; at++) {
      const key = own[at] ?? 0;
      const count = keys.count(key);
      if (count < 2 || !keys.nominates(key) || !stories.standsFor(slot, key)) continue;
      for (let place = 0; place < count; place++) {
        const holder = keys.holderAt(key, place);
        this.work.candidatesTouched++;
        if (this.#met.get(holder) === meeting) continue;
        this.#met.set(holder, meeting);
        this.#check(slot, holder);
      }
    }
  }

  #wantAround({ key, countBefore, added, dropped }: HolderChange): void {
    const { keys, stories, signals } = this.#parts;
    const count = keys.count(key);
    if (count + countBefore < 2 || (count === 1 && countBefore === 0)) return;
    const [before, now] = [keys.nominatesAt(key, countBefore), keys.nominates(key)];
    const [levelBefore, level] = [keys.levelAt(key, countBefore), keys.level(key)];
    for (const slot of dropped) if (signals.isLive(slot)) this.#wantKnown(slot, key);
    if (now && !before) this.#wantAll(this.#holdersOf(key));
    else if (now) for (const slot of added) if (!this.#fresh.has(slot)) for (const holder of this.#holdersOf(key)) this.#want(slot, holder);
    if (level === levelBefore && before === now) return;
    const around = [...stories.activeAround(key)].filter((slot) => signals.holds(slot, key));
    for (const slot of around) this.#wantKnown(slot, key);
    if (level < levelBefore) this.#wantAll(around);
  }

  #holdersOf(key: number): readonly number[] {
    return Array.from({ length: this.#parts.keys.count(key) }, (_, place) => this.#parts.keys.holderAt(key, place));
  }

  #wantAll(slots: readonly number[]): void {
    for (const [place, slot] of slots.entries())
      for (let other = place + 1; other < slots.length; other++) this.#want(slot, slots[other] ?? slot);
  }

  /** Every kept pair of a signal whose other end holds the value too. */
  #wantKnown(slot: number, key: number): void {
    const { edges, signals } = this.#parts;
    for (let place = 0; place < edges.degree(slot); place++) {
      const other = edges.otherAt(slot, place);
      if (signals.holds(other, key)) this.#want(slot, other);
    }
  }

  #check(a: number, b: number): void {
    const { signals, edges, recorder } = this.#parts;
    if (!signals.isLive(a) || !signals.isLive(b)) return;
    const now = this.#edgeOf(a, b);
    const before = edges.get(a, b);
    if (before === undefined && now === undefined) return;
    recorder.touchPair(a, b);
    this.work.edgesChanged++;
    if (now === undefined) edges.delete(a, b);
    else edges.set(a, b, now);
    const was = before?.linkable === true ? before.millibits : undefined;
    const is = now?.linkable === true ? now.millibits : undefined;
    if (was !== is) this.#shaken.add(a).add(b);
  }

  #edgeOf(a: number, b: number): Edge | undefined {
    const { echoes, judgements, signals, stories } = this.#parts;
    const { link, possible, secondLeg, echo } = this.#thresholds;
    if (echoes.areEchoes(a, b)) return { millibits: echo, linkable: true };
    const judged = judgements.isSame(signals.id(a), signals.id(b));
    const scorer = this.#scorer;
    this.work.pairsScored++;
    scorer.score(a, b, (key) => stories.standsFor(a, key) && stories.standsFor(b, key));
    const kept = scorer.millibits >= possible && scorer.candidate && !stories.sameStory(a, b);
    if (!kept && !judged) return undefined;
    return { millibits: scorer.millibits, linkable: kept && scorer.millibits >= link && scorer.besidesTime >= secondLeg };
  }
}
