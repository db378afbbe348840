import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { contentHash, PostedSignal, type Signal, signalId } from '@samenhang/domain';

/** One labelled record: what a partner would have posted, with the campaign it belongs to; the label never reaches the correlator. */
export interface LabelledRecord {
  readonly set: string;
  /** The campaign; empty for a report that belongs to none. */
  readonly truth: string;
  /** Values that were put into several reports of a campaign so that exact matching finds something. */
  readonly seeded: readonly string[];
  readonly signal: Signal;
}

const optional = ['lang', 'reportedAt', 'places', 'sectors', 'themes', 'techniques', 'reliability', 'credibility', 'origin'];
const titleChars = 120;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The name of the set in a file: `data/dev/eset.jsonl` is `eset`. */
export const setName = (file: string): string => basename(file).replace(/^campaigns-|-heldout|\.jsonl$/g, '');

/** Position `index` stands in for the time of receipt: no score depends on it. */
function signalOf(set: string, record: Readonly<Record<string, unknown>>, index: number): Signal {
  const id = text(record['id']);
  const posted = PostedSignal.parse({
    source: text(record['source']) || `dev-${set}`,
    externalId: id,
    sourceType: record['sourceType'],
    title: text(record['title']) || text(record['text']).slice(0, titleChars) || id,
    text: text(record['text']),
    observedAt: record['observedAt'],
    observables: record['observables'],
    ...Object.fromEntries(
      optional.filter((field) => record[field] !== undefined && record[field] !== null).map((field) => [field, record[field]]),
    ),
    marking: { tlp: 'green' },
  });
  const receivedAt = new Date(Date.UTC(2026, 0, 1) + index).toISOString();
  return {
    ...posted,
    id: signalId(posted.source, id),
    contentHash: contentHash(posted),
    receivedAt,
    firstReceivedAt: receivedAt,
    flags: [],
  };
}

/** Reads a labelled JSONL file; throws on a line that is no signal. */
export function readLabelled(file: string): readonly LabelledRecord[] {
  const set = setName(file);
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    const record: unknown = JSON.parse(line);
    if (!isObject(record)) throw new TypeError(`${file}:${index + 1} is no object`);
    const seeded =
      isObject(record['meta']) && Array.isArray(record['meta']['seeded'])
        ? record['meta']['seeded'].filter((value) => typeof value === 'string')
        : [];
    return { set, truth: text(record['truth']), seeded, signal: signalOf(set, record, index) };
  });
}
