import { hash } from 'node:crypto';
import { type Marking, reliabilities, Slug, signalKinds, type Technique } from '@samenhang/domain';
import { countryCode } from '../drafting/country-code.ts';
import { draftSignal, type SignalDrafting } from '../drafting/signal-drafting.ts';
import { observedBetween, timeText } from '../drafting/time-text.ts';
import type { ParseOptions, Remark } from '../parsed-file.ts';
import { addressValue, hashType, hashValue } from '../stix/observed-value.ts';
import { tlpOfWord } from '../stix/tlp-marking.ts';
import type { CsvMapping } from './csv-mapping.ts';

type Row = ReadonlyMap<string, string>;

/** The signal that a row makes by its mapping, or why it makes none. */
export function draftRow(at: string, row: Row, mapping: CsvMapping, options: ParseOptions): SignalDrafting | Remark {
  const { columns } = mapping;
  const cell = (column: string | undefined): string | undefined =>
    column === undefined ? undefined : row.get(column)?.trim() || undefined;
  const joined = (names: string | readonly string[] | undefined): string =>
    [names ?? []]
      .flat()
      .flatMap((name) => cell(name) ?? [])
      .join(' ');
  const list = (column: string | undefined): readonly string[] =>
    (cell(column) ?? '')
      .split(mapping.separator)
      .map((word) => word.trim())
      .filter((word) => word !== '');
  const time = (column: string | undefined): string | undefined => timeText(asIso(cell(column), mapping.dates));
  const observedAt = observedBetween(time(columns.observedAt), time(columns.observedEnd));
  const title = joined(columns.title) || joined(columns.text).slice(0, 120);
  if (observedAt === undefined)
    return { at, reason: `the row says no time that can be read: "${cell(columns.observedAt)?.slice(0, 40) ?? ''}"` };
  if (title === '') return { at, reason: 'the row has no title and no text' };
  const marking = markingOf(
    cell(columns.tlp),
    list(columns.communities),
    cell(columns.exercise),
    options.marking ?? mapping.marking ?? { tlp: 'amber' },
  );
  if ('reason' in marking) return { at, reason: marking.reason };
  const kind = signalKinds.find((name) => name === cell(columns.kind));
  const reliability =
    reliabilities.find((letter) => letter !== 'F' && letter === cell(columns.reliability)?.toUpperCase()) ?? mapping.reliability;
  const credibility = Number(cell(columns.credibility) ?? 6);
  const draft = draftSignal({
    at,
    source: options.source ?? mapping.source ?? 'unnamed CSV source',
    externalId: cell(columns.externalId) ?? `sha256:${hash('sha256', JSON.stringify([...row]), 'hex')}`,
    sourceType: options.sourceType ?? mapping.sourceType ?? 'sector',
    title,
    observedAt,
    reportedAt: time(columns.reportedAt),
    revision: Math.min(1_000_000, Math.max(1, Math.trunc(Number(cell(columns.revision) ?? 1)) || 1)),
    ...(kind === undefined ? {} : { kind }),
    lang: cell(columns.lang),
    reliability,
    credibility: credibility >= 1 && credibility < 6 ? Math.trunc(credibility) : undefined,
    defaultMarking: marking,
    raw: Object.fromEntries(row),
  });
  draft.line(joined(columns.text));
  speakForPlace(draft, mapping, cell);
  for (const theme of list(columns.themes)) draft.list('themes', theme);
  for (const sector of list(columns.sectors)) draft.list('sectors', sector);
  for (const target of list(columns.targets)) draft.list('targets', target);
  for (const technique of list(columns.techniques).flatMap((text) => techniqueIn(text) ?? [])) draft.technique(technique);
  for (const url of list(columns.urls)) draft.url(url);
  for (const { column, type } of mapping.observables) for (const value of list(column)) speakForValue(type, value, draft);
  return draft;
}

function speakForPlace(
  draft: SignalDrafting,
  { place, columns }: CsvMapping,
  cell: (column: string | undefined) => string | undefined,
): void {
  const name = cell(columns.placeName) ?? place?.name;
  const country = countryCode(cell(columns.country)) ?? place?.country;
  const lat = Number(cell(columns.lat)?.replace(',', '.') ?? place?.lat);
  const lon = Number(cell(columns.lon)?.replace(',', '.') ?? place?.lon);
  draft.place({
    ...(name === undefined ? {} : { name }),
    ...(country === undefined ? {} : { country }),
    ...(Number.isFinite(lat) && Number.isFinite(lon) ? { lat, lon } : {}),
  });
}

/** `attack:T1566` or `disarm:T0022`; a bare number is ATT&CK's. */
function techniqueIn(text: string): Technique | undefined {
  const found = /^(?:(attack|disarm):)?(T[A-Z]?\d{4}(?:\.\d{3})?)$/i.exec(text);
  if (found === null) return undefined;
  return { framework: found[1]?.toLowerCase() === 'disarm' ? 'disarm' : 'attack', id: (found[2] ?? '').toUpperCase() };
}

/** `address` and `hash` let each value say what it is; any other type is taken as given. */
function speakForValue(type: string, value: string, draft: SignalDrafting): void {
  if (type === 'address') {
    const found = addressValue(value);
    draft.observable(found?.type ?? 'address', found?.value ?? value);
  } else if (type === 'hash' || hashType(type) !== undefined) {
    const found = hashValue(hashType(type) ?? 'sha256', value);
    draft.observable(found.type, found.value);
  } else draft.observable(type, value);
}

function markingOf(
  tlp: string | undefined,
  communities: readonly string[],
  exercise: string | undefined,
  unmarked: Marking,
): Marking | { readonly reason: string } {
  const level = tlp === undefined ? undefined : tlpOfWord(tlp);
  if (tlp !== undefined && level === undefined) return { reason: `the marking "${tlp.slice(0, 40)}" names no TLP level` };
  const named = communities.map((word) => word.toLowerCase());
  const wrong = [...named, ...(exercise === undefined ? [] : [exercise.toLowerCase()])].find((word) => !Slug.safeParse(word).success);
  if (wrong !== undefined) return { reason: `"${wrong.slice(0, 40)}" is no name of a community or exercise` };
  return {
    ...unmarked,
    ...(level === undefined ? {} : { tlp: level }),
    ...(named.length > 0 ? { communities: named } : {}),
    ...(exercise === undefined ? {} : { exercise: exercise.toLowerCase() }),
  };
}

/** Days written as 31-12-2026 (`dmy`) or 12/31/2026 (`mdy`), with or without a time of day, as ISO 8601. */
function asIso(text: string | undefined, order: CsvMapping['dates']): string | undefined {
  if (text === undefined || order === 'iso') return text;
  const found = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (found === null) return text;
  const [, one = '', two = '', year = '', hour, minute = '00', second = '00'] = found;
  const [day, month] = order === 'dmy' ? [one, two] : [two, one];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return hour === undefined ? date : `${date}T${hour.padStart(2, '0')}:${minute}:${second}Z`;
}
