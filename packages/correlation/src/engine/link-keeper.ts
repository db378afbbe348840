import { echoLedger } from '../echo.ts';
import { judgedLedger } from '../judged-ledger.ts';
import type { Ruleset } from '../ruleset.ts';
import { isLinkable, isPossible, type Ledger, scorePair } from '../score.ts';
import type { ChangeRecorder } from './change-recorder.ts';
import type { EchoIndex } from './echo-index.ts';
import type { EdgeTable } from './edge-table.ts';
import type { JudgementTable } from './judgement-table.ts';
import type { KeyIndex } from './key-index.ts';
import { PairSet } from './pair-set.ts';
import { holds, type SignalTable } from './signal-table.ts';
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
  #wanted = new PairSet();
  readonly #fresh = new Set<number>();
  /** Signals at the ends of links that came, went or weigh otherwise. */
  #shaken = new Set<number>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes a live signal in; `settle` must follow. */
  add(slot: number): void {
    const { echoes, stories, signals, judgements } = this.#parts;
    echoes.add(slot);
    stories.add(slot);
    this.#fresh.add(slot);
    this.#shaken.add(slot);
    for (const other of judgements.rulingsOf(signals.id(slot)).keys()) this.#want(slot, signals.find(other) ?? slot);
  }

  /** Takes a live signal out, of the table too; `settle` must follow. */
  remove(slot: number): void {
    const { echoes, stories, signals, judgements, edges, recorder } = this.#parts;
    for (const [other, edge] of edges.of(slot)) {
      recorder.touchPair(slot, other);
      edges.delete(slot, other);
      if (edge.linkable) this.#shaken.add(other);
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
    for (const [key, { countBefore, added, dropped }] of this.#parts.keys.takeChanges()) this.#wantAround(key, countBefore, added, dropped);
    for (const slot of this.#fresh) this.#wantFresh(slot);
    this.#fresh.clear();
    const wanted = this.#wanted;
    this.#wanted = new PairSet();
    for (const [a, b] of wanted) this.#check(a, b);
    const shaken = this.#shaken;
    this.#shaken = new Set();
    return shaken;
  }

  /** The ledger of two live signals as it stands. */
  ledger(a: number, b: number): Ledger | undefined {
    const { signals, echoes, keys, ruleset, judgements } = this.#parts;
    const [first, second] = signals.compareIds(a, b) < 0 ? [a, b] : [b, a];
    const [x, y] = [signals.live(first), signals.live(second)];
    if (x === undefined || y === undefined || a === b) return undefined;
    const computed = echoes.areEchoes(a, b)
      ? echoLedger(x.profile, y.profile, ruleset)
      : scorePair(x.profile, y.profile, (key) => keys.level(keys.numberOf(key)), ruleset);
    return judgements.ruling(x.profile.id, y.profile.id)?.constraint.kind === 'same' ? judgedLedger(computed) : computed;
  }

  #settleStories(): void {
    const changes = this.#parts.echoes.takeChanges();
    this.#parts.stories.settle(changes);
    for (const { a, b } of changes) this.#want(a, b);
  }

  #want(a: number, b: number): void {
    if (a !== b) this.#wanted.add(a, b);
  }

  #wantFresh(slot: number): void {
    const { signals, keys, stories } = this.#parts;
    for (const key of signals.live(slot)?.keys ?? []) {
      if (!keys.nominates(key) || !stories.standsFor(slot, key)) continue;
      for (const holder of keys.holders(key)) this.#want(slot, holder);
    }
  }

  #wantAround(key: number, countBefore: number, added: ReadonlySet<number>, dropped: ReadonlySet<number>): void {
    const { keys, stories, signals } = this.#parts;
    const holders = keys.holders(key);
    const [before, now] = [keys.nominatesAt(key, countBefore), keys.nominates(key)];
    const [levelBefore, level] = [keys.levelAt(key, countBefore), keys.level(key)];
    for (const slot of dropped) if (signals.isLive(slot)) this.#wantKnown(slot, key);
    if (now && !before) this.#wantAll(holders);
    else if (now) for (const slot of added) for (const holder of holders) this.#want(slot, holder);
    if (level === levelBefore && before === now) return;
    const around = [...stories.activeAround(key)].filter((slot) => this.#holds(slot, key));
    for (const slot of around) this.#wantKnown(slot, key);
    if (level < levelBefore) this.#wantAll(around);
  }

  #wantAll(slots: readonly number[]): void {
    for (const [place, slot] of slots.entries())
      for (let other = place + 1; other < slots.length; other++) this.#want(slot, slots[other] ?? slot);
  }

  /** Every kept pair of a signal whose other end holds the value too. */
  #wantKnown(slot: number, key: number): void {
    for (const other of this.#parts.edges.of(slot).keys()) if (this.#holds(other, key)) this.#want(slot, other);
  }

  #holds(slot: number, key: number): boolean {
    const live = this.#parts.signals.live(slot);
    return live !== undefined && holds(live.ordered, key);
  }

  #check(a: number, b: number): void {
    const { signals, edges, recorder } = this.#parts;
    if (!signals.isLive(a) || !signals.isLive(b)) return;
    const before = edges.get(a, b);
    const now = this.#edgeOf(a, b);
    if (before === undefined && now === undefined) return;
    recorder.touchPair(a, b);
    if (now === undefined) edges.delete(a, b);
    else edges.set(a, b, now);
    const [was, is] = [before?.linkable === true ? before.millibits : undefined, now?.linkable === true ? now.millibits : undefined];
    if (was !== is) this.#shaken.add(a).add(b);
  }

  #edgeOf(a: number, b: number): { readonly millibits: number; readonly linkable: boolean } | undefined {
    const { echoes, judgements, signals, ruleset } = this.#parts;
    const echo = echoes.areEchoes(a, b);
    const judged = judgements.ruling(signals.id(a), signals.id(b))?.constraint.kind === 'same';
    const candidate = echo || this.#isCandidate(a, b);
    if (!candidate && !judged) return undefined;
    const ledger = this.ledger(a, b);
    if (ledger === undefined) return undefined;
    const kept = candidate && (echo || isPossible(ledger, ruleset));
    if (!kept && !judged) return undefined;
    return { millibits: ledger.millibits, linkable: kept && (echo || isLinkable(ledger, ruleset)) };
  }

  /** True when both stand, in different stories, for a value that nominates. */
  #isCandidate(a: number, b: number): boolean {
    const { signals, keys, stories } = this.#parts;
    const [x, y] = [signals.live(a)?.ordered, signals.live(b)?.ordered];
    if (x === undefined || y === undefined || stories.sameStory(a, b)) return false;
    for (let i = 0, j = 0; i < x.length && j < y.length; ) {
      const [left, right] = [x[i] ?? 0, y[j] ?? 0];
      if (left === right && keys.nominates(left) && stories.standsFor(a, left) && stories.standsFor(b, left)) return true;
      if (left <= right) i++;
      if (right <= left) j++;
    }
    return false;
  }
}
