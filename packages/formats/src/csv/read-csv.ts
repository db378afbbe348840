import type { PostedSignal } from '@samenhang/domain';
import { parse } from 'csv-parse/sync';
import { type ParseOptions, type Reading, type Remark, refuse } from '../parsed-file.ts';
import type { CsvMapping } from './csv-mapping.ts';
import { draftRow } from './draft-row.ts';

const csvLimits = { rows: 200_000, columns: 500 } as const;

/** Columns that a CSV in our own words has: the names of the fields of a signal. */
const ownColumns = [
  'externalId',
  'revision',
  'kind',
  'title',
  'text',
  'lang',
  'observedAt',
  'observedEnd',
  'reportedAt',
  'placeName',
  'country',
  'lat',
  'lon',
  'themes',
  'sectors',
  'targets',
  'techniques',
  'reliability',
  'credibility',
  'tlp',
  'communities',
  'exercise',
  'urls',
] as const;

/** The delimiter that the first line has most of. */
function delimiterOf(text: string): string {
  const line = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'));
  const counted = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: line.split(delimiter).length - 1 }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

/** A mapping for a CSV whose columns have our own names; undefined when it lacks a title or a time. */
function ownMapping(header: readonly string[]): CsvMapping | undefined {
  if (!header.includes('title') || !header.includes('observedAt')) return undefined;
  const columns = Object.fromEntries(ownColumns.filter((name) => header.includes(name)).map((name) => [name, name]));
  const observables = header
    .filter((name) => name.startsWith('observable:'))
    .map((column) => ({ column, type: column.slice('observable:'.length) || 'unknown' }));
  return { columns, observables, separator: ';', dates: 'iso' };
}

/** Reads a CSV by its mapping: one signal a row. A row that makes no valid signal is dropped with its line; a column that the mapping names and the file lacks refuses the file. */
export function readCsv(text: string, options: ParseOptions): Reading {
  const read = rowsOf(text, options.mapping?.delimiter ?? delimiterOf(text));
  if ('reason' in read) return refuse('csv', read.at, read.reason);
  const [header, ...body] = read.rows;
  const names = header?.cells.map((cell) => cell.trim()) ?? [];
  const mapping = options.mapping ?? ownMapping(names);
  if (mapping === undefined) return refuse('csv', 'line 1', 'a CSV file needs a mapping that says which column is what');
  const missing = columnsOf(mapping).find((column) => !names.includes(column));
  if (missing !== undefined) return refuse('csv', 'line 1', `the mapping names the column "${missing.slice(0, 80)}", which the file lacks`);
  const signals: PostedSignal[] = [];
  const dropped: Remark[] = [];
  for (const { line, cells } of body) {
    const made = draftRow(`line ${line}`, new Map(names.map((name, index) => [name, cells[index] ?? ''])), mapping, options);
    if ('reason' in made) dropped.push(made);
    else {
      const finished = made.finish();
      signals.push(...finished.signals);
      dropped.push(...finished.dropped);
    }
  }
  return { kind: 'read', format: 'csv', signals, relationships: 0, dropped };
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function rowsOf(text: string, delimiter: string): { readonly rows: readonly Row[] } | Remark {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: 4_000_000,
      to: csvLimits.rows + 2,
    });
    const rows = Array.isArray(parsed) ? parsed.flatMap(asRow) : [];
    if (rows.length > csvLimits.rows + 1)
      return { at: `line ${rows.at(-1)?.line ?? csvLimits.rows}`, reason: `more than ${csvLimits.rows} rows` };
    if ((rows[0]?.cells.length ?? 0) > csvLimits.columns) return { at: 'line 1', reason: `more than ${csvLimits.columns} columns` };
    return { rows };
  } catch (error) {
    // csv-parse throws on a quote that never closes and on records beyond the limit; its message names the line.
    const line = /line (\d{1,9})/.exec(error instanceof Error ? error.message : '')?.[1] ?? '1';
    return { at: `line ${line}`, reason: 'the CSV cannot be read: a quote is not closed, or a record is too long' };
  }
}

function asRow(item: unknown): readonly Row[] {
  if (typeof item !== 'object' || item === null || !('record' in item) || !Array.isArray(item.record)) return [];
  const info = 'info' in item && typeof item.info === 'object' && item.info !== null && 'lines' in item.info ? Number(item.info.lines) : 0;
  return [{ line: info, cells: item.record.map(String) }];
}

const columnsOf = (mapping: CsvMapping): readonly string[] =>
  [...Object.values(mapping.columns).flat(), ...mapping.observables.map(({ column }) => column)].filter(
    (column): column is string => typeof column === 'string',
  );
