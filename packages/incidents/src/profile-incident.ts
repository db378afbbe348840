import { highestMarking, type IncidentJudgement, type IncidentSummary, type Place, sourceTypes } from '@samenhang/domain';
import { describeIncident } from './describe-incident.ts';
import type { PlacedJudgement } from './incident-judgements.ts';
import { rateSeverity } from './rate-severity.ts';
import type { SignalDigest } from './signal-digest.ts';
import { tally } from './tally.ts';

/** Longer lists of an incident are cut after the values that most of its members hold. */
const listed = 100;

/** What an analyst reads of an incident: a pure function of its members, whatever their order, and of what was judged about it, oldest first. The first member by (firstReceivedAt, id) is the anchor. */
export function profileIncident(
  members: readonly SignalDigest[],
  judged: readonly PlacedJudgement[],
  rulesetVersion: string,
): IncidentSummary {
  const ordered = [...members].sort(byReceipt);
  const anchor = ordered[0];
  if (anchor === undefined) throw new RangeError('an incident has at least one member');
  const places = distinctPlaces(ordered);
  const countries = new Set(places.flatMap((place) => place.country ?? [])).size;
  const posted = { themes: words(ordered.map((member) => member.themes)), sectors: words(ordered.map((member) => member.sectors)) };
  const judgements = judged.map(({ judgement }) => judgement);
  return {
    id: anchor.id,
    title: anchor.title,
    summary: describeIncident(ordered),
    size: ordered.length,
    firstSeen: instant(ordered, (member) => member.startMs, Math.min),
    lastSeen: instant(ordered, (member) => member.endMs, Math.max),
    themes: words(ordered.map(({ themes, topics }) => union(themes, topics.themes))),
    domains: words(ordered.map(({ topics }) => topics.domains)),
    sectors: words(ordered.map(({ sectors, topics }) => union(sectors, topics.sectors))),
    places: places.slice(0, listed),
    techniques: tally(
      ordered.map((member) => member.techniques),
      ({ framework, id }) => `${framework}:${id}`,
    )
      .slice(0, listed)
      .map(({ value }) => value),
    sourceTypes: sourceTypes.filter((type) => ordered.some((member) => member.sourceType === type)),
    sources: words(ordered.map((member) => [member.source])),
    marking: highestMarking([...ordered, ...judgements].map(({ marking }) => marking)),
    status: lastOf(judgements, 'status')?.status ?? 'new',
    severity: lastOf(judgements, 'severity')?.severity ?? rateSeverity({ ...posted, countries }),
    judgements,
    revision: ordered.reduce((largest, member) => Math.max(largest, member.position), 0),
    rulesetVersion,
  };
}

/** The newest judgement of a kind. */
function lastOf<K extends IncidentJudgement['kind']>(judgements: readonly IncidentJudgement[], kind: K) {
  return judgements.findLast((judgement): judgement is Extract<IncidentJudgement, { kind: K }> => judgement.kind === kind);
}

function byReceipt(a: SignalDigest, b: SignalDigest): number {
  if (a.firstReceivedAt !== b.firstReceivedAt) return a.firstReceivedAt < b.firstReceivedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function instant(
  members: readonly SignalDigest[],
  pick: (member: SignalDigest) => number,
  choose: (a: number, b: number) => number,
): string {
  return new Date(members.map(pick).reduce((chosen, next) => choose(chosen, next))).toISOString();
}

const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];

const words = (lists: readonly (readonly string[])[]): readonly string[] =>
  tally(lists, (word) => word)
    .slice(0, listed)
    .map(({ value }) => value)
    .sort();

const placeKey = ({ name, country, lat, lon }: Place): string => JSON.stringify([name ?? null, country ?? null, lat ?? null, lon ?? null]);

const distinctPlaces = (members: readonly SignalDigest[]): readonly Place[] =>
  tally(
    members.map((member) => member.places),
    placeKey,
  ).map(({ value }) => value);
