import type { Observable, Signal } from '@samenhang/domain';
import { anEnrichment } from './builders.ts';
import type { ToldInput } from './correlation-inputs.ts';

/** What a synthetic stream is like. */
export interface HeavyTailedOptions {
  readonly seed: number;
  readonly size: number;
  /** Distinct words of text per signal; 0 leaves identifiers and titles only. */
  readonly words: number;
  /** A repeated value, but for the most common, belongs to one period of so many signals, so that a longer stream is not a denser one. Default 5,000. */
  readonly period?: number;
}

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 1);
const vocabulary = 50_000;
/** Values of these first ranks are held all the time. */
const alwaysHeld = 2;
const usualPeriod = 5_000;
const repeatedShare = 0.08;
const echoShare = 0.1;

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A rank from 0 to size - 1 whose frequency falls as one over the rank. */
const zipf = (next: () => number, size: number): number => Math.floor((size + 1) ** next()) - 1;

const hex = (next: () => number, digits: number): string => {
  let text = '';
  while (text.length < digits)
    text += Math.floor(next() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, digits);
};

/** A word of two to four syllables for a rank, the same everywhere. */
export function syntheticWord(rank: number): string {
  const syllables = ['ka', 'ro', 'mi', 'tes', 'lun', 'dor', 'vi', 'sha', 'pel', 'gri', 'no', 'bar', 'ul', 'qe', 'fon', 'zi'];
  let word = '';
  for (let rest = rank + 16; rest > 0; rest = Math.floor(rest / 16)) word += syllables[rest % 16] ?? '';
  return word;
}

/** As many letters as there are hexadecimal digits. */
const letters = (digits: string): string =>
  [...digits]
    .map((digit, at) => String.fromCharCode(97 + ((Number.parseInt(digit, 16) * 7 + at * 11 + digits.charCodeAt(0)) % 26)))
    .join('');

function observable(next: () => number, name: string): Observable {
  const kind = next();
  if (kind < 0.35) return { type: 'sha256', value: name.padEnd(64, '0').slice(0, 64) };
  if (kind < 0.65) return { type: 'domain', value: `${letters(name.slice(0, 10))}.net` };
  if (kind < 0.8)
    return { type: 'ipv4', value: [0, 2, 4, 6].map((at) => 1 + (Number.parseInt(name.slice(at, at + 2), 16) % 254)).join('.') };
  if (kind < 0.9) return { type: 'account', value: `user-${name.slice(0, 12)}` };
  return { type: 'email', value: `${name.slice(0, 8)}@${name.slice(8, 16)}.org` };
}

function observables(next: () => number, position: number, length: number): readonly Observable[] {
  const count = 1 + Math.floor(next() * 5);
  return Array.from({ length: count }, () => {
    if (next() >= repeatedShare) return observable(next, hex(next, 32));
    const rank = zipf(next, length);
    const period = rank < alwaysHeld ? 0 : 1 + Math.floor(position / length);
    const own = randomNumbers(rank * 65_537 + period);
    return observable(own, hex(own, 32));
  });
}

/** Signals as a busy feed would bring them: most values never seen before, a few held by thousands, one report in ten retold. The same for the same options. */
export function* heavyTailed({
  seed,
  size,
  words,
  period = usualPeriod,
}: HeavyTailedOptions): Generator<Extract<ToldInput, { kind: 'signal' }>> {
  const next = randomNumbers(seed);
  const recentTitles: string[] = [];
  for (let position = 0; position < size; position++) {
    const retold = recentTitles.length > 0 && next() < echoShare;
    const title = retold
      ? `${recentTitles[Math.floor(next() * recentTitles.length)]} - ${syntheticWord(zipf(next, vocabulary))}`
      : Array.from({ length: 9 }, () => syntheticWord(zipf(next, vocabulary))).join(' ');
    recentTitles[position % 500] = title;
    const text = [...new Set(Array.from({ length: words }, () => syntheticWord(zipf(next, vocabulary))))];
    const signal = syntheticSignal(next, position, title, observables(next, position, period));
    yield { kind: 'signal', position, signal, enrichment: anEnrichment({ version: 'synthetic', language: 'en', words: text }) };
  }
}

function syntheticSignal(next: () => number, position: number, title: string, seen: readonly Observable[]): Signal {
  const digits = hex(next, 32);
  const received = `2026-06-01T00:00:${String(Math.floor(position / 1_000_000) % 60).padStart(2, '0')}.${String(position % 1_000_000).padStart(6, '0')}Z`;
  return {
    id: `${digits.slice(0, 8)}-${digits.slice(8, 12)}-5${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`,
    source: `source-${Math.floor(next() * 40)}`,
    externalId: `r-${position}`,
    revision: 1,
    sourceType: 'sector',
    kind: 'report',
    title,
    text: '',
    observedAt: new Date(startMs + Math.floor(next() * 90 * dayMs)).toISOString(),
    places: [],
    themes: [],
    sectors: [],
    targets: [],
    observables: [...seen],
    techniques: [],
    marking: { tlp: 'green' },
    attachments: [],
    contentHash: digits,
    receivedAt: received,
    firstReceivedAt: received,
    flags: [],
  };
}
