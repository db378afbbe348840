import type { Judgement, Link } from '@samenhang/domain';
import { type Constraint, constraintsOf, prevails } from './constraint.ts';
import type { CorrelationInput } from './correlator.ts';
import { echoLedger, isEcho } from './echo.ts';
import { joinGroups } from './join.ts';
import { judgedLedger } from './judged-ledger.ts';
import { compareStanding, keepsAlive, type SignalInput, signalIdOf, standingOf } from './live-input.ts';
import { comparePair, levelOfCount, type PairFacts } from './pair-facts.ts';
import { type EvidenceKey, type Profile, profileOf } from './profile.ts';
import type { Ruleset } from './ruleset.ts';
import { evidenceOf, isLinkable, isPossible, type Ledger, scorePair } from './score.ts';

/** The incidents and links of a set of inputs. */
export interface CorrelationState {
  readonly incidents: ReadonlyMap<string, readonly string[]>;
  readonly links: readonly Link[];
}

interface Pair {
  readonly a: Profile;
  readonly b: Profile;
  readonly ledger: Ledger;
  readonly linkable: boolean;
}

/** By what they say of themselves, never by when they were received: the same signals in another order are the same incidents. */
const byObservation = (a: Profile, b: Profile): number => a.startMs - b.startMs || (a.id < b.id ? -1 : 1);
const pairName = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
const nameOf = ({ kind, value }: EvidenceKey): string => `${kind}\u0000${value}`;

/** The incidents of a set of inputs by the definition, from scratch: slow, and meant to be seen to be right. The engine is held to it. */
export function correlateBatch(inputs: readonly CorrelationInput[], ruleset: Ruleset): CorrelationState {
  const profiles = liveSignals(inputs).map(({ signal, enrichment }) => profileOf(signal, enrichment, ruleset));
  const constraints = constraintsOf(judgementsOf(inputs));
  const echoes = echoPairs(profiles, ruleset);
  const storyOf = components(profiles, echoes);
  const holders = representatives(profiles, storyOf);
  const levelOf = (key: EvidenceKey): number => levelOfCount(holders.get(nameOf(key))?.length ?? 0);
  const pairs = new Map([...echoes, ...scoredPairs(holders, levelOf, ruleset)]);
  const groupOf = groups(profiles, storyOf, [...pairs.values()], constraints, ruleset);
  const links = linksOf(new Map(profiles.map((profile) => [profile.id, profile])), pairs, constraints, groupOf, levelOf, ruleset);
  return { incidents: incidentsOf(profiles, groupOf), links };
}

/** The winning input of every signal that is still in the picture, ascending by id. */
function liveSignals(inputs: readonly CorrelationInput[]): readonly Extract<SignalInput, { kind: 'signal' }>[] {
  const winners = new Map<string, SignalInput>();
  for (const input of inputs) {
    if (input.kind === 'judgement') continue;
    const known = winners.get(signalIdOf(input));
    if (known === undefined || compareStanding(standingOf(input), standingOf(known)) < 0) winners.set(signalIdOf(input), input);
  }
  return [...winners.values()].filter(keepsAlive).sort((x, y) => (x.signal.id < y.signal.id ? -1 : 1));
}

function judgementsOf(inputs: readonly CorrelationInput[]): readonly Judgement[] {
  const winners = new Map<string, Extract<CorrelationInput, { kind: 'judgement' }>>();
  for (const input of inputs) {
    if (input.kind !== 'judgement') continue;
    const known = winners.get(input.judgement.id);
    if (known === undefined || prevails(input, known)) winners.set(input.judgement.id, input);
  }
  return [...winners.values()].map(({ judgement }) => judgement);
}

/** In every bucket each member is compared with the one observed before it. */
function echoPairs(profiles: readonly Profile[], ruleset: Ruleset): ReadonlyMap<string, Pair> {
  const latest = new Map<number, Profile>();
  const pairs = new Map<string, Pair>();
  for (const profile of [...profiles].sort(byObservation)) {
    for (const key of profile.storyKeys) {
      const before = latest.get(key);
      latest.set(key, profile);
      if (before === undefined || !isEcho(before, profile, ruleset)) continue;
      const [a, b] = before.id < profile.id ? [before, profile] : [profile, before];
      pairs.set(pairName(a.id, b.id), { a, b, ledger: echoLedger(a, b, ruleset), linkable: true });
    }
  }
  return pairs;
}

/** The smallest id of each profile's story: profiles joined by echoes, directly or through others. */
function components(profiles: readonly Profile[], echoes: ReadonlyMap<string, Pair>): ReadonlyMap<string, string> {
  const storyOf = new Map(profiles.map(({ id }) => [id, id]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { a, b } of echoes.values()) {
      const [x, y] = [storyOf.get(a.id) ?? a.id, storyOf.get(b.id) ?? b.id];
      if (x === y) continue;
      const [smaller = x] = [x, y].sort();
      storyOf.set(a.id, smaller);
      storyOf.set(b.id, smaller);
      changed = true;
    }
  }
  return storyOf;
}

/** For every value the member of each story that holds it and was observed first. */
function representatives(profiles: readonly Profile[], storyOf: ReadonlyMap<string, string>): ReadonlyMap<string, readonly Profile[]> {
  const holders = new Map<string, Map<string, Profile>>();
  for (const profile of [...profiles].sort(byObservation)) {
    const story = storyOf.get(profile.id) ?? profile.id;
    for (const key of profile.keys) {
      const byStory = holders.get(nameOf(key)) ?? new Map<string, Profile>();
      if (!byStory.has(story)) byStory.set(story, profile);
      holders.set(nameOf(key), byStory);
    }
  }
  return new Map([...holders].map(([name, byStory]) => [name, [...byStory.values()]]));
}

/** Every pair that shares a value rare enough to nominate it, once, `a` with the smaller id. */
function* nominatedPairs(holders: ReadonlyMap<string, readonly Profile[]>, ruleset: Ruleset): Generator<readonly [a: Profile, b: Profile]> {
  const seen = new Set<string>();
  for (const [name, profiles] of holders) {
    const kind = name.slice(0, name.indexOf('\u0000'));
    if (profiles.length > (ruleset.shared[kind]?.nominates ?? 0)) continue;
    for (const [place, x] of profiles.entries()) {
      for (const y of profiles.slice(place + 1)) {
        const pair = pairName(x.id, y.id);
        if (seen.has(pair)) continue;
        seen.add(pair);
        yield x.id < y.id ? [x, y] : [y, x];
      }
    }
  }
}

function scoredPairs(
  holders: ReadonlyMap<string, readonly Profile[]>,
  levelOf: (key: EvidenceKey) => number,
  ruleset: Ruleset,
): ReadonlyMap<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const [a, b] of nominatedPairs(holders, ruleset)) {
    const ledger = scorePair(a, b, levelOf, ruleset);
    if (isPossible(ledger, ruleset)) pairs.set(pairName(a.id, b.id), { a, b, ledger, linkable: isLinkable(ledger, ruleset) });
  }
  return pairs;
}

/** What a set of inputs gives to weigh, before it is weighed: every nominated pair compared, every echo, and each signal's story. */
export interface Comparison {
  readonly ids: readonly string[];
  /** For each id the place of the first member of its story. */
  readonly storyOf: readonly number[];
  readonly echoes: readonly { readonly a: number; readonly b: number }[];
  readonly pairs: readonly { readonly a: number; readonly b: number; readonly facts: PairFacts }[];
}

/** Compares the live signals of a set of inputs under a ruleset's rules of nomination, whatever its weights: what a ruleset is learned from. */
export function compareBatch(inputs: readonly CorrelationInput[], ruleset: Ruleset): Comparison {
  const profiles = liveSignals(inputs).map(({ signal, enrichment }) => profileOf(signal, enrichment, ruleset));
  const places = new Map(profiles.map(({ id }, place) => [id, place]));
  const placeOf = (id: string): number => places.get(id) ?? -1;
  const echoes = echoPairs(profiles, ruleset);
  const storyOf = components(profiles, echoes);
  const holders = representatives(profiles, storyOf);
  const levelOf = (key: EvidenceKey): number => levelOfCount(holders.get(nameOf(key))?.length ?? 0);
  const pairs = [...nominatedPairs(holders, ruleset)].map(([a, b]) => ({
    a: placeOf(a.id),
    b: placeOf(b.id),
    facts: comparePair(a, b, levelOf, ruleset),
  }));
  return {
    ids: profiles.map(({ id }) => id),
    storyOf: profiles.map(({ id }) => placeOf(storyOf.get(id) ?? id)),
    echoes: [...echoes.values()].map(({ a, b }) => ({ a: placeOf(a.id), b: placeOf(b.id) })),
    pairs,
  };
}

/** The smallest id of each profile's group: every component by itself through the join rule. */
function groups(
  profiles: readonly Profile[],
  storyOf: ReadonlyMap<string, string>,
  pairs: readonly Pair[],
  constraints: readonly Constraint[],
  ruleset: Ruleset,
): ReadonlyMap<string, string> {
  const places = new Map(profiles.map(({ id }, place) => [id, place]));
  const placeOf = (id: string): number => places.get(id) ?? -1;
  const links = pairs
    .filter(({ linkable }) => linkable)
    .map(({ a, b, ledger }) => ({ a: placeOf(a.id), b: placeOf(b.id), millibits: ledger.millibits }));
  const between = constraints.flatMap(({ kind, a, b }) => (places.has(a) && places.has(b) ? [{ kind, a: placeOf(a), b: placeOf(b) }] : []));
  const stories = profiles.map(({ id }) => placeOf(storyOf.get(id) ?? id));
  const groupOf = joinGroups({ storyOf: stories, links, constraints: between }, ruleset);
  return new Map(profiles.map(({ id }, place) => [id, profiles[groupOf[place] ?? place]?.id ?? id]));
}

function linksOf(
  profiles: ReadonlyMap<string, Profile>,
  pairs: ReadonlyMap<string, Pair>,
  constraints: readonly Constraint[],
  groupOf: ReadonlyMap<string, string>,
  levelOf: (key: EvidenceKey) => number,
  ruleset: Ruleset,
): readonly Link[] {
  const links = new Map<string, Link>();
  for (const [name, { a, b, ledger, linkable }] of pairs) {
    const kind = linkable && groupOf.get(a.id) === groupOf.get(b.id) ? 'link' : 'possible';
    links.set(name, { a: a.id, b: b.id, kind, bits: ledger.millibits / 1000, evidence: evidenceOf(ledger) });
  }
  for (const { kind, a, b } of constraints) {
    const [x, y] = [profiles.get(a), profiles.get(b)];
    if (x === undefined || y === undefined) continue;
    const name = pairName(a, b);
    if (kind === 'not-same') links.delete(name);
    else {
      const ledger = judgedLedger(pairs.get(name)?.ledger ?? scorePair(x, y, levelOf, ruleset));
      links.set(name, {
        a,
        b,
        kind: groupOf.get(a) === groupOf.get(b) ? 'link' : 'possible',
        bits: ledger.millibits / 1000,
        evidence: evidenceOf(ledger),
      });
    }
  }
  return [...links.values()].sort((x, y) => (x.a === y.a ? (x.b < y.b ? -1 : 1) : x.a < y.a ? -1 : 1));
}

/** Incidents by the id of their anchor: the member that was received first. */
function incidentsOf(profiles: readonly Profile[], groupOf: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const byGroup = Map.groupBy(profiles, ({ id }) => groupOf.get(id) ?? id);
  const incidents = [...byGroup.values()].map((members): [string, readonly string[]] => [
    anchorOf(members).id,
    members.map(({ id }) => id),
  ]);
  return new Map(incidents.sort(([x], [y]) => (x < y ? -1 : 1)));
}

const anchorOf = (members: readonly Profile[]): Profile =>
  members.reduce((first, member) => (member.firstReceivedAt < first.firstReceivedAt ? member : first));
