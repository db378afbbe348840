import {
  factTerm,
  incidentStatuses,
  normaliseObservable,
  observableTerm,
  parseTime,
  placeTerm,
  SourceType,
  severities,
  TimeText,
  Tlp,
  wordTerms,
} from '@samenhang/domain';
import { facetKinds, type IncidentCondition, type IncidentQuery, incidentSorts } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';
import { z } from 'zod';
import { readCursor } from './cursor.ts';
import { AsOf, isPosition, PositionOrTime, pageSize, wholeNumber } from './parameters.ts';

const fact = z.string().min(1).max(300);

export const includes = ['members', 'links'] as const;
export const mostIncidents = 1_000;

/** Orders that lists of single reports are kept in; these are most of all there is, so no list of them is sorted when it is asked for. */
const sortsOfSingles: readonly string[] = ['activity', 'lastSeen'];

const listOf = <const T extends readonly [string, ...string[]]>(names: T, most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(names)));

const parameters = z.strictObject({
  limit: pageSize(50, mostIncidents).describe(`Incidents per page, at most ${mostIncidents}.`),
  cursor: z.string().min(1).max(500).optional().describe('The "next" of the page before, with the same filters.'),
  include: listOf(includes, 50).default([]).describe('members, links or both, separated by a comma.'),
  facets: listOf(facetKinds, 200)
    .default([])
    .describe(`Count the incidents of all pages by these, separated by commas: ${facetKinds.join(', ')}.`),
  minSize: wholeNumber(1, 1_000_000).default(2).describe('Only incidents of so many signals; 1 also lists signals that nothing links.'),
  sort: z
    .enum(incidentSorts)
    .default('activity')
    .describe(
      'What to order by, largest or latest first; ties by id. activity: what changed last; hybrid: how many domains, sectors, countries and themes it joins (hybridReach). With minSize=1 only activity and lastSeen.',
    ),
  asOf: AsOf,
  changedSince: PositionOrTime.optional().describe(
    'Only incidents that changed after this position (the largest "changed" you know), or from this instant, day or month on.',
  ),
  from: TimeText.optional().describe('Only incidents seen at or after this instant, day, month or year.'),
  to: TimeText.optional().describe('Only incidents seen at or before the end of it.'),
  theme: fact.optional(),
  domain: fact.optional().describe('Domain of hybrid threats that the text of a member speaks of.'),
  sector: fact.optional(),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'is not an ISO 3166-1 alpha-2 code')
    .optional(),
  place: fact.optional().describe('Name of a place that a member was posted with, whatever case or accents.'),
  technique: z
    .string()
    .regex(/^(?:(?:attack|disarm):)?T[A-Z]?\d{4}(?:\.\d{3})?$/i, 'is not a technique id, alone or after attack: or disarm:')
    .optional(),
  sourceType: SourceType.optional(),
  source: fact.optional(),
  observable: z
    .string()
    .max(4_200)
    .regex(/^[^:]{1,64}:./u, 'is not TYPE:VALUE')
    .optional()
    .describe('TYPE:VALUE of an observable that a member holds.'),
  text: z.string().min(1).max(300).optional().describe('Words that the members hold, whatever case or accents; all of them.'),
  status: z.enum(incidentStatuses).optional(),
  severity: z.enum(severities).optional(),
  tlp: Tlp.optional().describe('TLP 2.0 level of the most restricted member.'),
});

export const IncidentParameters = parameters.refine(({ minSize, sort }) => minSize > 1 || sortsOfSingles.includes(sort), {
  path: ['sort'],
  message: `is not an order of single reports: with minSize=1 sort by ${sortsOfSingles.join(' or ')}`,
});
/** The query of `GET /v1/incidents`, read; unknown parameters are refused. Every filter narrows what the others leave. */
export type IncidentParameters = z.infer<typeof IncidentParameters>;

/** Where in an audience's log an instant is: the position of the first input at or after it. */
export type PositionAt = (instantMs: number) => Promise<number>;

/** What the incidents must be like. */
export async function conditionOf(audience: string, given: IncidentParameters, positionAt: PositionAt): Promise<IncidentCondition> {
  const { minSize, from, to, status, severity, tlp, changedSince } = given;
  return {
    audience,
    minSize,
    terms: termsOf(given),
    ...(from === undefined ? {} : { from: instant(from, 'startMs') }),
    ...(to === undefined ? {} : { to: instant(to, 'endMs') }),
    ...(status === undefined ? {} : { status }),
    ...(severity === undefined ? {} : { severity }),
    ...(tlp === undefined ? {} : { tlp }),
    ...(changedSince === undefined ? {} : { changedSince: await firstAfter(changedSince, positionAt) }),
  };
}

/** One page of these: one incident more than the page, to know whether another page follows. */
export function pageOf(condition: IncidentCondition, given: IncidentParameters): IncidentQuery {
  const { sort, limit, cursor } = given;
  const place = cursor === undefined ? {} : { after: readCursor(questionOf(condition.audience, given), cursor) };
  return { ...condition, sort, limit: limit + 1, ...place };
}

const firstAfter = async (text: string, positionAt: PositionAt): Promise<number> =>
  isPosition(text) ? Number(text) + 1 : positionAt(Date.parse(instant(text, 'startMs')));

/** What decides which incidents are listed in which order; the page's size and extras do not. */
export function questionOf(audience: string, parameters: IncidentParameters): unknown {
  const { limit: _limit, cursor: _cursor, include: _include, facets: _facets, ...question } = parameters;
  return { audience, ...question };
}

function instant(text: string, end: 'startMs' | 'endMs'): string {
  const span = parseTime(text);
  if (span === undefined) throw new RangeError(`not a time: ${text}`);
  return new Date(span[end]).toISOString();
}

function termsOf(parameters: IncidentParameters): readonly string[] {
  const facts = (['theme', 'domain', 'sector', 'country', 'technique', 'sourceType', 'source'] as const).flatMap((kind) => {
    const value = parameters[kind];
    return value === undefined ? [] : [factTerm(kind, value)];
  });
  const place = parameters.place === undefined ? [] : [placeTerm(parameters.place)];
  return [...facts, ...place, ...observableTerms(parameters.observable), ...textTerms(parameters.text)];
}

function observableTerms(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const colon = text.indexOf(':');
  return [observableTerm(normaliseObservable({ type: text.slice(0, colon), value: text.slice(colon + 1) }))];
}

function textTerms(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const terms = wordTerms(text);
  if (terms.length > 0) return terms;
  throw new ServiceError('request-invalid', 'The text to search for holds no word.', {
    errors: [{ pointer: '/querystring/text', code: 'no-word', detail: 'holds no letter or digit' }],
  });
}
