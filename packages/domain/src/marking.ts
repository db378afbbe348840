import { z } from 'zod';

/** TLP 2.0 levels from least to most restricted (FIRST, Traffic Light Protocol 2.0). */
export const tlpLevels = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;

export const Tlp = z.enum(tlpLevels);
export type Tlp = z.infer<typeof Tlp>;

/** A word that names a community or an exercise: lower case, no spaces. */
export const Slug = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);

export const Marking = z.strictObject({
  tlp: Tlp,
  communities: z.array(Slug).max(50).optional(),
  exercise: Slug.optional(),
});
/** Who may see a signal or judgement: a TLP level, the communities it is meant for (none = every community), and the exercise it belongs to. */
export type Marking = z.infer<typeof Marking>;

export const Audience = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(200),
  tlpMax: Tlp,
  communities: z.union([z.literal('all'), z.array(Slug)]).default([]),
  exercise: Slug.optional(),
});
/** A group that may see certain markings. `communities: all` sees every community; a list sees those and signals without a community. */
export type Audience = z.infer<typeof Audience>;

const rank = new Map<Tlp, number>(tlpLevels.map((tlp, index) => [tlp, index]));

/** Orders two TLP levels: negative when `a` is the less restricted. */
export const compareTlp = (a: Tlp, b: Tlp): number => (rank.get(a) ?? 0) - (rank.get(b) ?? 0);

/** True exactly when the audience may see what carries this marking (DESIGN.md section 5). */
export function maySee(audience: Audience, marking: Marking): boolean {
  if (compareTlp(marking.tlp, audience.tlpMax) > 0) return false;
  if (marking.exercise !== undefined && marking.exercise !== audience.exercise) return false;
  const communities = marking.communities ?? [];
  if (communities.length === 0 || audience.communities === 'all') return true;
  const own = audience.communities;
  return communities.some((community) => own.includes(community));
}

/** True when everyone who may see `marking` may see `other` too: what is said about something may not be shown more widely than the thing. */
export function isWithin(marking: Marking, other: Marking): boolean {
  if (compareTlp(marking.tlp, other.tlp) < 0) return false;
  if (other.exercise !== undefined && marking.exercise !== other.exercise) return false;
  const [own, wanted] = [marking.communities ?? [], other.communities ?? []];
  return wanted.length === 0 || (own.length > 0 && own.every((community) => wanted.includes(community)));
}

/** The most restricted marking that covers all given ones: highest TLP, every community, the exercise if any carries one. */
export function highestMarking(markings: readonly Marking[]): Marking {
  let tlp: Tlp = 'clear';
  const communities = new Set<string>();
  let exercise: string | undefined;
  for (const marking of markings) {
    if (compareTlp(marking.tlp, tlp) > 0) tlp = marking.tlp;
    for (const community of marking.communities ?? []) communities.add(community);
    if (marking.exercise !== undefined && (exercise === undefined || marking.exercise < exercise)) exercise = marking.exercise;
  }
  return { tlp, communities: [...communities].sort(), ...(exercise === undefined ? {} : { exercise }) };
}
