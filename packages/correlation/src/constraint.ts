import type { Judgement } from '@samenhang/domain';

/** What the judgements say of one pair of signals, in the order in which they are obeyed: the newest first. */
export interface Constraint {
  readonly kind: Judgement['kind'];
  readonly a: string;
  readonly b: string;
  readonly at: string;
  readonly id: string;
}

const constraintOf = ({ id, kind, a, b, at }: Judgement): Constraint => (a < b ? { kind, a, b, at, id } : { kind, a: b, b: a, at, id });

/** The newer of two first; never 0 for different judgements. */
export function compareConstraints(x: Constraint, y: Constraint): number {
  if (x.at !== y.at) return x.at > y.at ? -1 : 1;
  if (x.id !== y.id) return x.id > y.id ? -1 : 1;
  if (x.kind !== y.kind) return x.kind === 'not-same' ? -1 : 1;
  return 0;
}

/** Which of two versions of one judgement counts: a revoked one for ever, else the one told at the earlier position. */
export const prevails = (a: { readonly judgement: Judgement; readonly position: number }, b: typeof a): boolean =>
  a.judgement.revoked !== b.judgement.revoked ? a.judgement.revoked : a.position < b.position;

/** The newest judgement of every pair that is not revoked, newest first. A signal is not judged against itself. */
export function constraintsOf(judgements: readonly Judgement[]): readonly Constraint[] {
  const ordered = judgements.filter(({ revoked, a, b }) => !revoked && a !== b).map(constraintOf);
  const newest = new Map<string, Constraint>();
  for (const constraint of ordered.sort(compareConstraints)) {
    const pair = `${constraint.a} ${constraint.b}`;
    if (!newest.has(pair)) newest.set(pair, constraint);
  }
  return [...newest.values()];
}
