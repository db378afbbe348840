import {
  factTerm,
  incidentStatuses,
  normaliseObservable,
  observableTerm,
  parseTime,
  SourceType,
  TimeText,
  wordTerms,
} from '@samenhang/domain';
import { type IncidentQuery, incidentSorts } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';
import { z } from 'zod';
import { readCursor } from './cursor.ts';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most));
const fact = z.string().min(1).max(300);

export const includes = ['members', 'links'] as const;
export const mostIncidents = 1_000;

export const IncidentParameters = z.strictObject({
  limit: wholeNumber(1, mostIncidents).default(50).describe(`Incidents per page, at most ${mostIncidents}.`),
  cursor: z.string().min(1).max(500).optional().describe('The "next" of the page before, with the same filters.'),
  include: z
    .string()
    .max(50)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(includes)))
    .default([])
    .describe('members, links or both, separated by a comma.'),
  minSize: wholeNumber(1, 1_000_000).default(2).describe('Only incidents of so many signals; 1 also lists signals that nothing links.'),
  sort: z.enum(incidentSorts).default('lastSeen').describe('What to order by, largest or latest first; ties by id.'),
  from: TimeText.optional().describe('Only incidents seen at or after this instant, day, month or year.'),
  to: TimeText.optional().describe('Only incidents seen at or before the end of it.'),
  theme: fact.optional(),
  domain: fact.optional().describe('Domain of hybrid threats that the text of a member speaks of.'),
  sector: fact.optional(),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'is not an ISO 3166-1 alpha-2 code')
    .optional(),
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
});
/** The query of `GET /v1/incidents`, read; unknown parameters are refused. Every filter narrows what the others leave. */
export type IncidentParameters = z.infer<typeof IncidentParameters>;

/** What the store is asked for these parameters: one incident more than the page, to know whether another page follows. */
export function incidentQueryOf(audience: string, parameters: IncidentParameters): IncidentQuery {
  const { limit, cursor, minSize, sort, from, to, status } = parameters;
  return {
    audience,
    minSize,
    sort,
    limit: limit + 1,
    terms: termsOf(parameters),
    ...(cursor === undefined ? {} : { after: readCursor(questionOf(audience, parameters), cursor) }),
    ...(from === undefined ? {} : { from: instant(from, 'startMs') }),
    ...(to === undefined ? {} : { to: instant(to, 'endMs') }),
    ...(status === undefined ? {} : { status }),
  };
}

/** What decides which incidents are listed in which order; the page's size and extras do not. */
export function questionOf(audience: string, parameters: IncidentParameters): unknown {
  const { limit: _limit, cursor: _cursor, include: _include, ...question } = parameters;
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
  return [...facts, ...observableTerms(parameters.observable), ...textTerms(parameters.text)];
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
