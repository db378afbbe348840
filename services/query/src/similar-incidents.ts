import { factTerm, observableTerm } from '@samenhang/domain';
import { type FacetKind, facetValuesOf, type ListedIncident, type ViewStore } from '@samenhang/ports';

/** A value that two incidents share, and what that counts. */
export interface SharedValue {
  readonly kind: string;
  readonly value: string;
  readonly points: number;
}

/** Another incident that shares much with this one without being linked to it; `points` is the exact sum of what is shared. */
export interface SimilarIncident {
  readonly incident: ListedIncident;
  readonly points: number;
  readonly shared: readonly SharedValue[];
}

/** Kinds whose equal values make two incidents alike; observables, which are rarer, count four. */
const pointsEach = { technique: 3, domain: 1, sector: 1, country: 1, theme: 1 } as const satisfies Partial<Record<FacetKind, number>>;
const observablePoints = 4;
/** So many questions of each sort, and so many answers to each, are looked at: what is asked is bounded whatever the size of the incident. */
const questions = 20;
const answersEach = 30;
export const mostSimilar = 20;

/** The incidents most like this one, by what both hold, most alike first, ties by id. */
export async function similarTo(store: ViewStore, audience: string, incident: ListedIncident): Promise<readonly SimilarIncident[]> {
  const observables = await observablesOf(store, audience, incident);
  const byObservable = await asked(store, audience, observables);
  const byFact = await asked(store, audience, pairsOf(factsOf(incident)));
  const candidates = new Map([...byObservable, ...byFact].flatMap(({ found }) => found.map((each) => [each.id, each] as const)));
  candidates.delete(incident.id);
  return [...candidates.values()]
    .map((other) => comparedWith(incident, other, byObservable))
    .filter(({ points }) => points > 1)
    .sort((x, y) => y.points - x.points || (x.incident.id < y.incident.id ? -1 : 1))
    .slice(0, mostSimilar);
}

interface Fact {
  readonly term: string;
  readonly kind: string;
  readonly value: string;
  readonly points: number;
}

interface Question {
  readonly facts: readonly Fact[];
}

interface Answer extends Question {
  readonly found: readonly ListedIncident[];
}

/** The observables of its first members, each as a question of its own. */
async function observablesOf(store: ViewStore, audience: string, { id }: ListedIncident): Promise<readonly Question[]> {
  const members = (await store.members(audience, id)).slice(0, questions);
  const found = await store.findSignals(audience, members);
  const distinct = new Map(
    found.flatMap(({ observables }) => observables).map((observable) => [observableTerm(observable), observable] as const),
  );
  return [...distinct]
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .slice(0, questions)
    .map(([term, { type, value }]) => ({ facts: [{ term, kind: 'observable', value: `${type}:${value}`, points: observablePoints }] }));
}

const factsOf = (incident: ListedIncident): readonly Fact[] =>
  facetValuesOf(incident).flatMap(({ kind, value }) =>
    isAlike(kind) ? [{ term: factTerm(kind, value), kind, value, points: pointsEach[kind] }] : [],
  );

const isAlike = (kind: FacetKind): kind is keyof typeof pointsEach => Object.hasOwn(pointsEach, kind);

/** Two facts at once find what is alike; one alone finds half of everything. */
function pairsOf(facts: readonly Fact[]): readonly Question[] {
  const pairs = facts.flatMap((fact, at) => facts.slice(at + 1).map((other) => ({ facts: [fact, other] })));
  return pairs.filter(({ facts: [a, b] }) => a?.kind !== b?.kind).slice(0, questions);
}

const asked = (store: ViewStore, audience: string, wanted: readonly Question[]): Promise<readonly Answer[]> =>
  Promise.all(
    wanted.map(async ({ facts }) => {
      const terms = facts.map(({ term }) => term);
      return { facts, found: await store.listIncidents({ audience, minSize: 1, sort: 'activity', limit: answersEach, terms }) };
    }),
  );

function comparedWith(incident: ListedIncident, other: ListedIncident, byObservable: readonly Answer[]): SimilarIncident {
  const theirs = new Set(facetValuesOf(other).map(({ kind, value }) => `${kind}:${value}`));
  const facts = factsOf(incident)
    .filter(({ kind, value }) => theirs.has(`${kind}:${value}`))
    .map(({ kind, value, points }) => ({ kind, value, points }));
  const held = byObservable
    .filter(({ found }) => found.some(({ id }) => id === other.id))
    .flatMap(({ facts: [fact] }) => (fact === undefined ? [] : [{ kind: fact.kind, value: fact.value, points: fact.points }]));
  const shared = [...held, ...facts];
  return { incident: other, points: shared.reduce((sum, { points }) => sum + points, 0), shared };
}
