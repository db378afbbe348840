import { sourceTypes } from '@samenhang/domain';
import type { SharedValue, SignalDigest } from './signal-digest.ts';
import { type Counted, tally } from './tally.ts';

const kindNames = new Map([
  ['embassy', 'embassy'],
  ['ras', 'RAS'],
  ['sector', 'sector'],
]);
const mentionNames = new Map([
  ['name', 'the name'],
  ['name-pair', 'the name'],
  ['person', 'the person'],
  ['organisation', 'the organisation'],
  ['code', 'the code'],
]);
const countryNames = new Intl.DisplayNames('en', { type: 'region' });
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** An incident in two or three sentences that only count and quote what its members say: how many reports by whom, when, where, what they share. */
export function describeIncident(members: readonly SignalDigest[]): string {
  const sentences = [`${whoReported(members)} ${whenSeen(members)}${whereSeen(members)}.`];
  const themes = tally(
    members.map((member) => member.themes),
    (theme) => theme,
  );
  if (themes.length > 0)
    sentences.push(
      `${themes.length === 1 ? 'Theme' : 'Themes'}: ${listed(
        themes.slice(0, 4).map(({ value }) => value),
        themes.length,
      )}.`,
    );
  const ties = whatTies(members);
  if (ties.length > 0) sentences.push(`Shared: ${ties.join('; ')}.`);
  return sentences.join(' ');
}

function whoReported(members: readonly SignalDigest[]): string {
  const sources = new Set(members.map((member) => member.source)).size;
  const kinds = sourceTypes.flatMap((type) => {
    const count = members.filter((member) => member.sourceType === type).length;
    return count === 0 ? [] : [`${count} ${kindNames.get(type) ?? type}`];
  });
  if (members.length === 1) return `One report by ${members[0]?.source} (${kinds.join('').slice(2)})`;
  return `${members.length} reports by ${sources === 1 ? `one source, ${members[0]?.source}` : `${sources} sources`} (${kinds.join(', ')})`;
}

function whenSeen(members: readonly SignalDigest[]): string {
  const first = days.format(members.reduce((least, { startMs }) => Math.min(least, startMs), Number.POSITIVE_INFINITY));
  const last = days.format(members.reduce((most, { endMs }) => Math.max(most, endMs), Number.NEGATIVE_INFINITY));
  return first === last ? `on ${first}` : `from ${first} to ${last}`;
}

function whereSeen(members: readonly SignalDigest[]): string {
  const named = members.map((member) =>
    member.places.flatMap(({ country, name }) => (country === undefined ? (name ?? []) : countryName(country))),
  );
  const places = tally(named, (name) => name);
  return places.length === 0
    ? ''
    : `, in ${listed(
        places.slice(0, 4).map(({ value }) => value),
        places.length,
      )}`;
}

function countryName(code: string): string {
  return countryNames.of(code) ?? code;
}

/** The three values that most members share; a name that is part of a longer one already listed is left out. */
function whatTies(members: readonly SignalDigest[]): readonly string[] {
  const shared = tally(
    members.map((member) => member.values),
    ({ key }) => key,
  ).filter(({ count }) => count > 1);
  const chosen: Counted<SharedValue>[] = [];
  for (const candidate of shared) {
    const written = candidate.value.written.toLowerCase();
    if (chosen.length < 3 && !chosen.some(({ value }) => value.written.toLowerCase().includes(written))) chosen.push(candidate);
  }
  return chosen.map(
    ({ value, count }) =>
      `${mentionNames.get(value.kind) ?? value.kind} ${value.written} (${count === members.length ? 'all' : count} of ${members.length})`,
  );
}

function listed(shown: readonly string[], total: number): string {
  const more = total - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
