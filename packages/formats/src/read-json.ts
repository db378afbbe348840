import { type JsonDocument, parseJson } from './json/json-document.ts';
import { isObject } from './json/json-value.ts';
import { looksLikeMisp, readMisp } from './misp/read-misp.ts';
import { type LocatedValue, looksLikeSignal, readSignals } from './native/read-signals.ts';
import { type ParseOptions, type Reading, type Remark, refuse } from './parsed-file.ts';
import { looksLikeStix, readStix } from './stix/read-stix.ts';

/** Most objects in one file; more is refused, so that what is kept about a file stays small. */
const objectLimit = 200_000;

/** Reads a JSON or NDJSON text: tells STIX, MISP and our own signals apart by their shape. */
export function readJson(text: string, options: ParseOptions): Reading {
  const whole = parseJson(text);
  if (whole.kind === 'json') return readValue(whole.value, options);
  return readLines(text, whole, options);
}

function readValue(value: unknown, options: ParseOptions): Reading {
  const items = Array.isArray(value) ? value.map((item, index) => ({ at: `[${index}]`, value: item })) : [{ at: '$', value }];
  return readItems(items, [], options);
}

/** NDJSON: one value a line. The first line must be a whole object, or the text was meant to be one JSON document and is refused as such. */
function readLines(text: string, whole: Extract<JsonDocument, { kind: 'not-json' }>, options: ParseOptions): Reading {
  const end = text.indexOf('\n');
  const first = end < 0 ? undefined : parseJson(text.slice(0, end));
  if (first?.kind !== 'json' || !isObject(first.value)) return refuse('unknown', whole.at, whole.reason);
  const items: LocatedValue[] = [];
  const dropped: Remark[] = [];
  let number = 0;
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf('\n', start);
    const line = text.slice(start, next < 0 ? text.length : next);
    start = next < 0 ? text.length : next + 1;
    number += 1;
    if (line.trim() === '') continue;
    if (items.length + dropped.length >= objectLimit)
      return refuse('unknown', `line ${number}`, `the file holds more than ${objectLimit} objects`);
    const parsed = parseJson(line);
    if (parsed.kind === 'json') items.push({ at: `line ${number}`, value: parsed.value });
    else dropped.push({ at: `line ${number}`, reason: parsed.reason });
  }
  return readItems(items, dropped, options);
}

function readItems(items: readonly LocatedValue[], dropped: readonly Remark[], options: ParseOptions): Reading {
  if (items.length > objectLimit) return refuse('unknown', `[${objectLimit}]`, `the file holds more than ${objectLimit} objects`);
  const reading = readKind(items, options);
  return reading.kind === 'refused' ? reading : { ...reading, dropped: [...dropped, ...reading.dropped] };
}

function readKind(items: readonly LocatedValue[], options: ParseOptions): Reading {
  if (items.some(({ value }) => looksLikeSignal(value))) return readSignals(items);
  if (items.some(({ value }) => looksLikeStix(value))) return readStix(items, options);
  if (items.some(({ value }) => looksLikeMisp(value))) return readMisp(items, options);
  return refuse('unknown', items[0]?.at ?? '$', 'the JSON is neither STIX, MISP nor signals of ours');
}
