import { ServiceError } from '@samenhang/runtime';
import { z } from 'zod';
import { type CatalogueEntry, instantOf } from './catalogue-entry.ts';
import type { ExportCatalogue } from './export-catalogue.ts';

/** What a client asks of a collection (TAXII 2.1 sections 3.4 and 3.5). */
export interface TaxiiQuery {
  readonly afterMicros: number;
  readonly limit: number;
  readonly ids: ReadonlySet<string> | undefined;
  readonly types: ReadonlySet<string> | undefined;
  readonly specVersions: ReadonlySet<string> | undefined;
  /** `all`, `first`, `last` or versions themselves. */
  readonly versions: ReadonlySet<string>;
}

export interface TaxiiPage {
  readonly entries: readonly CatalogueEntry[];
  readonly more: boolean;
}

const mostPerPage = 2_000;
const perPage = 1_000;

const list = z
  .string()
  .min(1)
  .max(20_000)
  .transform((text) => text.split(','))
  .optional();

/** The filters of the specification and no others; a filter that is not known would be taken for one that found everything. */
export const TaxiiParameters = z.strictObject({
  added_after: z.string().max(60).optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number)
    .default(perPage),
  next: z
    .string()
    .regex(/^\d{1,17}$/)
    .optional(),
  'match[id]': list,
  'match[type]': list,
  'match[version]': list,
  'match[spec_version]': list,
});

const instant = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,30}))?Z$/;

/** Microseconds since 1970 of a TAXII timestamp; what is finer is left out, so that nothing is left out by it. Throws `request-invalid` for anything else. */
export function microsOf(text: string): number {
  const [, seconds, fraction = ''] = instant.exec(text) ?? [];
  const ms = Date.parse(`${seconds}Z`);
  if (seconds === undefined || Number.isNaN(ms))
    throw new ServiceError('request-invalid', 'added_after is no timestamp in UTC (RFC 3339).');
  return ms * 1_000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** The question that parameters ask; `next` goes on after what was given last and may not go back behind `added_after`. */
export function taxiiQueryOf(parameters: z.infer<typeof TaxiiParameters>): TaxiiQuery {
  const { added_after: after, limit, next } = parameters;
  const set = (values: readonly string[] | undefined) => (values === undefined ? undefined : new Set(values));
  return {
    afterMicros: Math.max(after === undefined ? -1 : microsOf(after), next === undefined ? -1 : Number(next)),
    limit: Math.min(limit, mostPerPage),
    ids: set(parameters['match[id]']),
    types: set(parameters['match[type]']),
    specVersions: set(parameters['match[spec_version]']),
    versions: new Set(parameters['match[version]'] ?? ['last']),
  };
}

/** The page of a collection that answers a question, in the order in which objects were added; where it can be it ends with all that a signal or incident brought. Every object of ours is STIX 2.1. */
export function taxiiPage(catalogue: ExportCatalogue, query: TaxiiQuery): TaxiiPage {
  const entries: CatalogueEntry[] = [];
  if (query.specVersions !== undefined && !query.specVersions.has('2.1')) return { entries, more: false };
  for (let at = firstAfter(catalogue.entries, query.afterMicros); at < catalogue.entries.length; at++) {
    const entry = catalogue.entries[at];
    if (entry === undefined || !matches(entry, query, catalogue)) continue;
    if (entries.length === query.limit) return { entries: wholeGroups(entries, entry.group), more: true };
    entries.push(entry);
  }
  return { entries, more: false };
}

/** Without the start of what the next entry belongs to, unless that is all there is: who stops after a page then has reports with all they refer to. */
function wholeGroups(entries: readonly CatalogueEntry[], next: number): readonly CatalogueEntry[] {
  const whole = entries.filter(({ group }) => group !== next);
  return whole.length === 0 ? entries : whole;
}

function firstAfter(entries: readonly CatalogueEntry[], micros: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.addedMicros ?? 0) <= micros) low = middle + 1;
    else high = middle;
  }
  return low;
}

function matches(entry: CatalogueEntry, { ids, types, versions }: TaxiiQuery, catalogue: ExportCatalogue): boolean {
  if (ids !== undefined && !ids.has(entry.id)) return false;
  if (types !== undefined && !types.has(entry.id.slice(0, entry.id.indexOf('--')))) return false;
  if (versions.has('all') || versions.has(entry.version)) return true;
  const known = catalogue.versionsOf(entry.id);
  return (versions.has('last') && known.at(-1) === entry) || (versions.has('first') && known[0] === entry);
}

/** The headers that tell when the first and last object of a page were added (TAXII 2.1 section 3.4). */
export function addedHeaders({ entries }: TaxiiPage): Readonly<Record<string, string>> {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return {};
  return { 'x-taxii-date-added-first': instantOf(first.addedMicros), 'x-taxii-date-added-last': instantOf(last.addedMicros) };
}

/** Where a page that is not the last one goes on. */
export const moreOf = ({ entries, more }: TaxiiPage): { readonly more?: true; readonly next?: string } =>
  more ? { more: true, next: String(entries.at(-1)?.addedMicros ?? 0) } : {};
