import type { CorrelationInput, Correlator } from '@samenhang/correlation';
import {
  type IncidentJudgement,
  type IncidentSummary,
  isPairJudgement,
  type Judgement,
  type LineageEntry,
  type Link,
} from '@samenhang/domain';
import type { CorrelationInputMessage, IncidentChanged } from '@samenhang/events';
import { chunkChange } from './chunk-change.ts';
import { type GatheredChanges, gatherChanges } from './gather-changes.ts';
import { IncidentJudgements } from './incident-judgements.ts';
import { LiveSignals } from './live-signals.ts';
import { profileIncident } from './profile-incident.ts';

/** An input at its place in the audience's log. */
export interface PlacedInput {
  readonly position: number;
  readonly message: CorrelationInputMessage;
}

/** What the readers of a partition know now. */
export interface Told {
  readonly incidents: ReadonlySet<string>;
  readonly pairs: ReadonlyMap<string, readonly [a: string, b: string]>;
  /** Signals that are in some incident. */
  readonly held: ReadonlySet<string>;
}

interface Draft {
  readonly joined: string[];
  readonly left: string[];
  readonly lineage: readonly LineageEntry[];
  readonly links: Link[];
  readonly unlinked: (readonly [a: string, b: string])[];
}

/** Everything one audience's correlator knows: its incidents and enough of its signals to describe them. Never told of anything another audience sees. */
export class AudienceCorrelation {
  readonly #audience: string;
  readonly #correlator: Correlator;
  readonly #live = new LiveSignals();
  readonly #judged = new IncidentJudgements();
  /** Summaries of incidents of two and more, so that a changed link does not describe its incident again. */
  readonly #summaries = new Map<string, IncidentSummary>();

  constructor(audience: string, correlator: Correlator) {
    this.#audience = audience;
    this.#correlator = correlator;
  }

  /**
   * Takes inputs in and gives what they changed in all, sorted by incident; inputs that were taken before change nothing. The correlator groups anew
   * after each input but for incidents of hundreds, so lineage does not tell how the log was cut into batches (law 5).
   */
  apply(inputs: readonly PlacedInput[]): readonly IncidentChanged[] {
    const news = this.#receive(inputs);
    const changes = gatherChanges([this.#correlator.apply(inputs.flatMap(toCorrelationInput))]);
    const drafts = this.#draft(changes, news);
    const batch = { from: inputs[0]?.position ?? 0, through: (inputs.at(-1)?.position ?? -1) + 1 };
    return [...drafts].sort(([x], [y]) => (x < y ? -1 : 1)).flatMap(([id, draft]) => chunkChange(this.#changed(id, batch, draft)));
  }

  /** Takes inputs in without telling what they changed: for rebuilding what was there. */
  absorb(inputs: readonly PlacedInput[]): void {
    this.#receive(inputs);
    this.#correlator.absorb(inputs.flatMap(toCorrelationInput));
    this.#summaries.clear();
  }

  get rulesetVersion(): string {
    return this.#correlator.rulesetVersion;
  }

  /** Everything that is, and what is no more of what was told: for readers that know the incidents of another ruleset. */
  everything(told: Told, batch: IncidentChanged['batch']): readonly IncidentChanged[] {
    const { incidents, links } = this.#correlator.state();
    const drafts = new Map<string, Draft>();
    for (const id of told.incidents) drafts.set(id, { joined: [], left: [], lineage: [], links: [], unlinked: [] });
    for (const [id, members] of incidents) drafts.set(id, { joined: [...members], left: [], lineage: [], links: [], unlinked: [] });
    const gone = new Map(told.pairs);
    for (const link of links) {
      gone.delete(`${link.a} ${link.b}`);
      drafts.get(this.#correlator.incidentOf(link.a) ?? '')?.links.push(link);
    }
    const [carrier] = drafts.values();
    for (const pair of gone.values()) (drafts.get(this.#correlator.incidentOf(pair[0]) ?? '') ?? carrier)?.unlinked.push(pair);
    for (const signal of told.held) if (this.#correlator.incidentOf(signal) === undefined) carrier?.left.push(signal);
    return [...drafts].sort(([x], [y]) => (x < y ? -1 : 1)).flatMap(([id, draft]) => chunkChange(this.#changed(id, batch, draft)));
  }

  /** Ids of the signals whose shown revision changed, or that were judged. */
  #receive(inputs: readonly PlacedInput[]): readonly string[] {
    const news: string[] = [];
    for (const { position, message } of inputs) {
      if (message.kind === 'signal' && this.#live.receive(message.signal, message.enrichment, position)) news.push(message.signal.id);
      if (message.kind === 'judgement') news.push(...this.#judge(message.judgement, position));
      if (message.kind === 'withdrawal' && this.#live.withdraw(message.id, message.revision)) news.push(message.id);
    }
    return news;
  }

  /** The signals whose incidents are judged anew. */
  #judge(judgement: Judgement | IncidentJudgement, position: number): readonly string[] {
    if (isPairJudgement(judgement)) return [judgement.a, judgement.b];
    return this.#judged.tell(judgement, position) ? [judgement.about] : [];
  }

  #draft({ incidents, moved, pairs }: GatheredChanges, news: readonly string[]): ReadonlyMap<string, Draft> {
    const drafts = new Map<string, Draft>();
    const draftOf = (id: string): Draft => {
      const draft = drafts.get(id) ?? { joined: [], left: [], lineage: incidents.get(id) ?? [], links: [], unlinked: [] };
      drafts.set(id, draft);
      return draft;
    };
    const holderOf = (signal: string): string | undefined => this.#correlator.incidentOf(signal);
    for (const id of [...incidents.keys(), ...news.flatMap((signal) => holderOf(signal) ?? [])]) {
      draftOf(id);
      this.#summaries.delete(id);
    }
    for (const [signal, teller] of moved) {
      const holder = holderOf(signal);
      if (holder === undefined) draftOf(teller).left.push(signal);
      else draftOf(holder).joined.push(signal);
    }
    for (const { a, b, link } of pairs.values()) {
      const carrier = draftOf(holderOf(a) ?? holderOf(b) ?? moved.get(a) ?? moved.get(b) ?? a);
      if (link === null) carrier.unlinked.push([a, b]);
      else carrier.links.push(link);
    }
    return drafts;
  }

  #changed(id: string, batch: IncidentChanged['batch'], draft: Draft): IncidentChanged {
    return { audience: this.#audience, id, batch, rulesetVersion: this.rulesetVersion, summary: this.#summaryOf(id), ...draft };
  }

  #summaryOf(id: string): IncidentSummary | null {
    const known = this.#summaries.get(id);
    if (known !== undefined) return known;
    const ids = this.#correlator.members(id);
    const members = ids.flatMap((member) => this.#live.find(member) ?? []);
    if (members.length === 0) return null;
    const judged = this.#judged.about(ids);
    const profile = profileIncident(members, judged, this.#correlator.rulesetVersion);
    const summary = { ...profile, revision: Math.max(this.#judged.newest(ids), this.#correlator.revision(id) ?? 0) };
    if (summary.size > 1) this.#summaries.set(id, summary);
    return summary;
  }
}

/** What the correlator is told of an input; judgements about incidents are none of its business. */
function toCorrelationInput({ position, message }: PlacedInput): readonly CorrelationInput[] {
  switch (message.kind) {
    case 'signal':
      return [{ kind: 'signal', position, signal: message.signal, enrichment: message.enrichment }];
    case 'withdrawal':
      return [{ kind: 'withdrawal', position, id: message.id, revision: message.revision }];
    case 'judgement':
      return isPairJudgement(message.judgement) ? [{ kind: 'judgement', position, judgement: message.judgement }] : [];
  }
}
