import type { IncidentJudgement } from '@samenhang/domain';

/** A judgement about an incident at its place in the audience's log. */
export interface PlacedJudgement {
  readonly judgement: IncidentJudgement;
  readonly position: number;
}

/** What was judged about the incidents that hold signals: per judgement the newest word counts, whatever the order of delivery (law 1). */
export class IncidentJudgements {
  readonly #known = new Map<string, PlacedJudgement>();
  readonly #bySignal = new Map<string, Set<string>>();

  /** True when the judgement is news. */
  tell(judgement: IncidentJudgement, position: number): boolean {
    const known = this.#known.get(judgement.id);
    if (known !== undefined && !supersedes(judgement, known.judgement)) return false;
    this.#known.set(judgement.id, { judgement, position });
    const ids = this.#bySignal.get(judgement.about) ?? new Set();
    this.#bySignal.set(judgement.about, ids.add(judgement.id));
    return true;
  }

  /** Where the newest word about an incident of these members stands, also when it took a judgement back; 0 when there is none. */
  newest(members: readonly string[]): number {
    return this.#told(members).reduce((newest, { position }) => Math.max(newest, position), 0);
  }

  /** What counts for an incident of these members, by (at, id). */
  about(members: readonly string[]): readonly PlacedJudgement[] {
    return this.#told(members)
      .filter(({ judgement }) => !judgement.revoked)
      .sort((x, y) => (orderOf(x.judgement) < orderOf(y.judgement) ? -1 : 1));
  }

  #told(members: readonly string[]): readonly PlacedJudgement[] {
    if (this.#bySignal.size === 0) return [];
    return members.flatMap((member) => [...(this.#bySignal.get(member) ?? [])].flatMap((id) => this.#known.get(id) ?? []));
  }
}

const orderOf = ({ at, id }: IncidentJudgement): string => `${at} ${id}`;

/** A later word about the same judgement counts; of two at one instant, the one that revokes. */
const supersedes = (next: IncidentJudgement, known: IncidentJudgement): boolean =>
  next.at === known.at ? next.revoked && !known.revoked : next.at > known.at;
