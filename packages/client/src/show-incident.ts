import type { Incident, Link, Member } from './documents.ts';
import type { Output } from './output.ts';

type Paint = Output['paint'];

const severityColours = { low: 'dim', moderate: 'yellow', high: 'red', severe: 'magenta' } as const;
const isSeverity = (text: string): text is keyof typeof severityColours => text in severityColours;

const day = (instant: string): string => instant.slice(0, 10);
const days = (from: string, to: string): string => (day(from) === day(to) ? day(from) : `${day(from)} to ${day(to)}`);
const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** When a signal was observed, as it was written. */
export const shownTime = (observedAt: Member['observedAt']): string =>
  typeof observedAt === 'string' ? observedAt : `${observedAt.start} to ${observedAt.end}`;

const countriesOf = ({ places }: Incident): string => [...new Set(places.flatMap(({ country }) => country ?? []))].slice(0, 8).join(' ');

/** One incident in three lines: how bad, how large, when and where; its title; its id. */
export function incidentLines(incident: Incident, paint: Paint): readonly string[] {
  const { severity, size, firstSeen, lastSeen, themes, status, sourceTypes } = incident;
  const coloured = isSeverity(severity) ? paint[severityColours[severity]](severity.padEnd(8)) : severity.padEnd(8);
  const facts = [count(size, 'signal'), days(firstSeen, lastSeen), sourceTypes.join('+'), countriesOf(incident), themes.join(', ')];
  const extra = status === 'new' ? [] : [status];
  return [
    `${coloured} ${[...facts, ...extra].filter((fact) => fact !== '').join(paint.dim(' · '))}`,
    `         ${paint.bold(incident.title)}`,
    `         ${paint.dim(incident.id)}`,
  ];
}

const memberLine = (member: Member, number: number, paint: Paint): string =>
  `  ${paint.cyan(`[${number}]`)} ${shownTime(member.observedAt)}  ${member.source} (${member.sourceType})  ${paint.bold(member.title)}\n      ${paint.dim(member.id)}`;

function linkLines(link: Link, numbers: ReadonlyMap<string, number>, paint: Paint): readonly string[] {
  const name = (id: string): string => paint.cyan(numbers.has(id) ? `[${numbers.get(id)}]` : id);
  const head = `  ${name(link.a)} – ${name(link.b)}  ${link.bits.toFixed(3)} bits`;
  return [head, ...link.evidence.map(({ bits, says }) => `      ${bits.toFixed(3).padStart(8)}  ${says}`)];
}

/** A whole incident: what it is, its members numbered, and every link with the evidence that sums to its bits. */
export function incidentPage(incident: Incident, paint: Paint, linkLimit: number): readonly string[] {
  const members = incident.members ?? [];
  const numbers = new Map(members.map(({ id }, at) => [id, at + 1]));
  const strongest = [...(incident.links ?? [])].sort((x, y) => y.bits - x.bits);
  const links = strongest.filter(({ kind }) => kind === 'link');
  const possible = strongest.filter(({ kind }) => kind === 'possible');
  const section = (title: string, all: readonly Link[]): readonly string[] => {
    if (all.length === 0) return [];
    const more = all.length > linkLimit ? [paint.dim(`  … and ${all.length - linkLimit} more (--all)`)] : [];
    return [
      '',
      paint.underline(`${title} (${all.length})`),
      ...all.slice(0, linkLimit).flatMap((link) => linkLines(link, numbers, paint)),
      ...more,
    ];
  };
  return [
    ...incidentLines(incident, paint),
    '',
    incident.summary,
    '',
    paint.underline(`Members (${members.length})`),
    ...members.map((member, at) => memberLine(member, at + 1, paint)),
    ...section('Links, and why', links),
    ...section('Possible links, for review', possible),
  ];
}
