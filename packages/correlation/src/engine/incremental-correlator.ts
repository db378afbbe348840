import type { Link } from '@samenhang/domain';
import type { ChangeSet, CorrelationInput, CorrelationWork, Correlator, IncidentChange } from '../correlator.ts';
import { storyKeysOf } from '../echo.ts';
import type { KeyDraft } from '../evidence/evidence-kind.ts';
import { compareStanding, keepsAlive, type SignalInput, signalIdOf, standingOf } from '../live-input.ts';
import { draftsOf, factsOfSignal, type Profile, type Traits, traitsOf } from '../profile.ts';
import { type Ruleset, rulesetVersion } from '../ruleset.ts';
import { evidenceOf } from '../score.ts';
import { ChangeRecorder } from './change-recorder.ts';
import { counterfactualsOf } from './counterfactuals.ts';
import { EchoIndex } from './echo-index.ts';
import { EdgeTable } from './edge-table.ts';
import { IncidentKeeper } from './incident-keeper.ts';
import { JudgementTable } from './judgement-table.ts';
import { KeyIndex } from './key-index.ts';
import { LinkKeeper } from './link-keeper.ts';
import { SignalTable } from './signal-table.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { StoryIndex } from './story-index.ts';

/** Holds the incidents of one audience and brings them up to date input by input; equal to `correlateBatch` of the same inputs after every call. */
export class IncrementalCorrelator implements Correlator {
  readonly rulesetVersion: string;
  readonly #ruleset: Ruleset;
  readonly #edges = new EdgeTable();
  readonly #judgements = new JudgementTable();
  readonly #recorder = new ChangeRecorder((a, b) => this.#isListed(a, b));
  readonly #signals: SignalTable;
  readonly #keys: KeyIndex;
  readonly #echoes: EchoIndex;
  readonly #stories: StoryIndex;
  readonly #links: LinkKeeper;
  readonly #incidents: IncidentKeeper;

  constructor(ruleset: Ruleset, snapshot?: Uint8Array) {
    this.rulesetVersion = rulesetVersion(ruleset);
    this.#ruleset = ruleset;
    const [judgements, edges, recorder] = [this.#judgements, this.#edges, this.#recorder];
    const keys = new KeyIndex(ruleset);
    this.#keys = keys;
    const signals = new SignalTable(ruleset, keys);
    this.#signals = signals;
    const echoes = new EchoIndex(signals, ruleset);
    this.#echoes = echoes;
    this.#stories = new StoryIndex(signals, keys, echoes);
    this.#links = new LinkKeeper({ ruleset, signals, keys, echoes, stories: this.#stories, judgements, edges, recorder });
    this.#incidents = new IncidentKeeper({ ruleset, signals, stories: this.#stories, judgements, edges, recorder });
    if (snapshot !== undefined) this.#restore(snapshot);
  }

  apply(inputs: readonly CorrelationInput[]): ChangeSet {
    this.#takeIn(inputs);
    return this.#changes();
  }

  absorb(inputs: readonly CorrelationInput[]): void {
    this.#takeIn(inputs);
    this.#recorder.take();
  }

  incidentOf(signalId: string): string | undefined {
    const anchor = this.#incidents.anchorOf(this.#signals.find(signalId) ?? -1);
    return anchor === undefined ? undefined : this.#signals.id(anchor);
  }

  members(incidentId: string): readonly string[] {
    return this.#slotsOf(incidentId).map((slot) => this.#signals.id(slot));
  }

  revision(incidentId: string): number | undefined {
    const members = new Set(this.#slotsOf(incidentId));
    let newest: number | undefined;
    for (const slot of members) {
      newest = Math.max(newest ?? 0, this.#signals.standing(slot)?.position ?? 0);
      for (const [other, { position }] of this.#judgements.rulingsOf(this.#signals.id(slot))) {
        if (members.has(this.#signals.find(other) ?? -1)) newest = Math.max(newest, position);
      }
    }
    return newest;
  }

  state(): { readonly incidents: ReadonlyMap<string, readonly string[]>; readonly links: readonly Link[] } {
    const anchors = [...this.#incidents.anchors()].sort((a, b) => this.#signals.compareIds(a, b));
    const links: Link[] = [];
    for (let slot = 0; slot < this.#signals.size; slot++) {
      for (const other of this.#edges.others(slot))
        if (slot < other && this.#isListed(slot, other)) links.push(...this.#linkOf(slot, other));
    }
    return {
      incidents: new Map(anchors.map((anchor) => [this.#signals.id(anchor), this.members(this.#signals.id(anchor))])),
      links: links.sort(compareLinks),
    };
  }

  explain(a: string, b: string): Link | undefined {
    const [x, y] = [this.#signals.find(a), this.#signals.find(b)];
    return x === undefined || y === undefined ? undefined : this.#linkOf(x, y)[0];
  }

  counterfactuals(incidentId: string) {
    const members = this.#slotsOf(incidentId);
    return counterfactualsOf(
      members.map((slot) => ({ id: this.#signals.id(slot), source: this.#signals.source(slot) })),
      (without) => this.#groupsWithout(members, without),
    );
  }

  work(): CorrelationWork {
    return { ...this.#links.work, ...this.#incidents.work };
  }

  heldBytes(): number {
    return this.#signals.bytes + this.#keys.bytes + this.#edges.bytes + this.#echoes.bytes;
  }

  snapshot(): Uint8Array {
    const slots = Array.from({ length: this.#signals.size }, (_, slot) => slot);
    return writeSnapshot({
      rulesetVersion: this.rulesetVersion,
      signals: slots.flatMap((slot) => {
        const standing = this.#signals.standing(slot);
        const profile = this.#signals.isLive(slot) ? this.#signals.profile(slot) : undefined;
        return standing === undefined ? [] : [{ id: this.#signals.id(slot), standing, ...(profile === undefined ? {} : { profile }) }];
      }),
      judgements: [...this.#judgements.all()],
    });
  }

  #takeIn(inputs: readonly CorrelationInput[]): void {
    for (const input of inputs) {
      if (input.kind === 'judgement') this.#judge(input);
      else this.#receive(input);
    }
    this.#incidents.finish(inputs.at(-1)?.position ?? 0);
  }

  #restore(bytes: Uint8Array): void {
    const { rulesetVersion, signals, judgements } = readSnapshot(bytes);
    if (rulesetVersion !== this.rulesetVersion) throw new RangeError(`snapshot of ruleset ${rulesetVersion}, not ${this.rulesetVersion}`);
    for (const { judgement, position } of judgements) this.#judgements.tell(judgement, position);
    for (const { judgement } of judgements) this.#pin(judgement.a, judgement.b);
    for (const { id, standing, profile } of signals) {
      const slot = this.#signals.slotOf(id);
      this.#signals.setStanding(slot, standing);
      if (profile !== undefined) this.#enter(slot, profile, draftsOfProfile(profile));
    }
    this.#incidents.regroup(this.#links.settle(), 0);
    this.#incidents.finish(0);
    this.#recorder.take();
  }

  #receive(input: SignalInput): void {
    const slot = this.#signals.slotOf(signalIdOf(input));
    const [known, standing] = [this.#signals.standing(slot), standingOf(input)];
    if (known !== undefined && compareStanding(standing, known) >= 0) return;
    this.#signals.setStanding(slot, standing);
    const wasLive = this.#signals.isLive(slot);
    if (wasLive) this.#links.remove(slot);
    if (keepsAlive(input)) this.#take(slot, input);
    else if (!wasLive) return;
    this.#incidents.regroup(this.#links.settle(), input.position);
  }

  #take(slot: number, { signal, enrichment }: Extract<SignalInput, { kind: 'signal' }>): void {
    const facts = factsOfSignal(signal, enrichment);
    this.#enter(slot, traitsOf(signal, facts, this.#ruleset), draftsOf(facts));
  }

  #judge({ judgement, position }: Extract<CorrelationInput, { kind: 'judgement' }>): void {
    for (const { a, b } of [judgement, this.#judgements.find(judgement.id) ?? judgement])
      this.#recorder.touchPair(this.#signals.slotOf(a), this.#signals.slotOf(b));
    const changed = this.#judgements.tell(judgement, position);
    for (const pair of changed) {
      this.#pin(...pair);
      this.#links.rule(this.#signals.slotOf(pair[0]), this.#signals.slotOf(pair[1]));
    }
    if (changed.length > 0) this.#incidents.regroup(this.#links.settle(), position);
  }

  /** Judged signals keep their pairs up to date even where they only repeat a story. */
  #pin(a: string, b: string): void {
    for (const id of [a, b]) this.#stories.pin(this.#signals.slotOf(id));
  }

  #enter(slot: number, traits: Traits, drafts: readonly KeyDraft[]): void {
    this.#signals.enter(slot, traits, drafts);
    this.#links.add(slot, storyKeysOf(traits, this.#ruleset));
  }

  /** The groups that the members of an incident would be in without some signals: taken out, looked at, put back. */
  #groupsWithout(members: readonly number[], without: readonly string[]): readonly (readonly string[])[] {
    const taken = without.flatMap((id) => {
      const slot = this.#signals.slotOf(id);
      return this.#signals.isLive(slot) ? [{ slot, profile: this.#signals.profile(slot) }] : [];
    });
    for (const { slot } of taken) this.#links.remove(slot);
    this.#regroupAll();
    const left = members.filter((slot) => this.#signals.isLive(slot));
    const groups = [...Map.groupBy(left, (slot) => this.#incidents.anchorOf(slot)).values()].map((group) =>
      group.map((slot) => this.#signals.id(slot)),
    );
    for (const { slot, profile } of taken) this.#enter(slot, profile, draftsOfProfile(profile));
    this.#regroupAll();
    this.#recorder.take();
    return groups;
  }

  #regroupAll(): void {
    this.#incidents.regroup(this.#links.settle(), 0);
    this.#incidents.finish(0);
  }

  #slotsOf(incidentId: string): readonly number[] {
    return this.#incidents.members(this.#signals.find(incidentId) ?? -1) ?? [];
  }

  #isListed(a: number, b: number): boolean {
    return (
      this.#edges.get(a, b) !== undefined &&
      this.#judgements.ruling(this.#signals.id(a), this.#signals.id(b))?.constraint.kind !== 'not-same'
    );
  }

  /** None when one of them is not live. */
  #linkOf(a: number, b: number): readonly Link[] {
    const [first, second] = this.#signals.compareIds(a, b) < 0 ? [a, b] : [b, a];
    const ledger = this.#links.ledger(first, second);
    if (ledger === undefined) return [];
    const judged = this.#judgements.isSame(this.#signals.id(a), this.#signals.id(b));
    const together = this.#incidents.anchorOf(a) === this.#incidents.anchorOf(b);
    const kind = together && (judged || this.#edges.get(a, b)?.linkable === true) ? 'link' : 'possible';
    return [{ a: this.#signals.id(first), b: this.#signals.id(second), kind, bits: ledger.millibits / 1000, evidence: evidenceOf(ledger) }];
  }

  #changes(): ChangeSet {
    const { pairs, incidents, lineage } = this.#recorder.take();
    const links: Link[] = [];
    const unlinked: (readonly [string, string])[] = [];
    for (const { a, b, wasListed } of pairs) {
      if (this.#isListed(a, b)) links.push(...this.#linkOf(a, b));
      else if (wasListed)
        unlinked.push(
          this.#signals.compareIds(a, b) < 0 ? [this.#signals.id(a), this.#signals.id(b)] : [this.#signals.id(b), this.#signals.id(a)],
        );
    }
    const changed = [...incidents].map(([anchor, before]): IncidentChange => {
      const [then, now] = [new Set(before), this.#incidents.members(anchor) ?? []];
      return {
        id: this.#signals.id(anchor),
        members: now.map((slot) => this.#signals.id(slot)),
        joined: now.filter((slot) => !then.has(slot)).map((slot) => this.#signals.id(slot)),
        removed: before.filter((slot) => !this.#signals.isLive(slot)).map((slot) => this.#signals.id(slot)),
        lineage: lineage.get(anchor) ?? [],
      };
    });
    return {
      incidents: changed.sort((x, y) => (x.id < y.id ? -1 : 1)),
      links: links.sort(compareLinks),
      unlinked: unlinked.sort(([a, b], [c, d]) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1)),
    };
  }
}

/** The values of a signal that was taken out, as they were found in it. */
const draftsOfProfile = ({ keys }: Profile): readonly KeyDraft[] =>
  keys.map(({ kind, value, implies }) => ({ kind, value, implies: implies.flatMap((place) => keys[place] ?? []) }));

const compareLinks = (x: Link, y: Link): number => (x.a === y.a ? (x.b < y.b ? -1 : 1) : x.a < y.a ? -1 : 1);
