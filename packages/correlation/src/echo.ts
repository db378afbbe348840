import type { Profile } from './profile.ts';
import type { Ruleset } from './ruleset.ts';
import { toMillibits } from './ruleset.ts';
import type { Ledger } from './score.ts';
import { bandsOf, likeness, mix, textNumber } from './text-sketch.ts';

/** What of a profile decides whether it repeats another. */
export type EchoSide = Pick<Profile, 'id' | 'externalId' | 'derivedFrom' | 'startMs' | 'sketch'>;

const dayMs = 86_400_000;

/**
 * The buckets a signal is put in to find the story it repeats: by its text, by what it is called, by what it derives from. Buckets of text are windows of time as well, twice as
 * long as copies may be apart, every other one half a window later: two copies share all buckets of one of the two kinds. The last two are of all bands at once, for the same text.
 */
export function storyKeysOf({ id, externalId, derivedFrom, startMs, sketch }: EchoSide, { echo }: Ruleset): readonly number[] {
  const windows = startMs / (2 * Math.max(1, echo.withinDays) * dayMs);
  const bands = sketch.count < echo.minShingles ? [] : bandsOf(sketch);
  const all = bands.reduce((before, band) => mix(before ^ band), 0);
  const told = bands.length === 0 ? [] : [...bands, all, all];
  const texts = told.map((part, at) => mix(part ^ mix(Math.floor(windows + (at % 2) / 2))));
  const names = externalId === undefined ? [id] : [id, externalId];
  return [...new Set([...texts, ...names.map(textNumber), ...derivedFrom.map(textNumber)])];
}

/** True when `a` says that it derives from `b`, by its id or by what its source calls it, or from what `b` derives from. */
const derivesFrom = (a: EchoSide, b: EchoSide): boolean =>
  a.derivedFrom.length > 0 &&
  (a.derivedFrom.includes(b.id) ||
    (b.externalId !== undefined && a.derivedFrom.includes(b.externalId)) ||
    a.derivedFrom.some((origin) => b.derivedFrom.includes(origin)));

const derives = (a: EchoSide, b: EchoSide): boolean => derivesFrom(a, b) || derivesFrom(b, a);

function copies(a: EchoSide, b: EchoSide, { echo }: Ruleset): boolean {
  if (a.sketch.count < echo.minShingles || b.sketch.count < echo.minShingles) return false;
  if (Math.abs(a.startMs - b.startMs) > echo.withinDays * dayMs) return false;
  const { jaccard, containment } = likeness(a.sketch, b.sketch);
  return jaccard >= echo.jaccard || containment >= echo.containment;
}

/** True when one report repeats the other or both repeat a third: they are one story, told more than once. Symmetric. */
export const isEcho = (a: EchoSide, b: EchoSide, ruleset: Ruleset): boolean => derives(a, b) || copies(a, b, ruleset);

/** The ledger of an echo: one line, whatever else they share, so that repeating a story raises no score. */
export function echoLedger(a: EchoSide, b: EchoSide, { echo }: Ruleset): Ledger {
  const says = derives(a, b) ? 'one is derived from the other, or both from the same report' : 'nearly the same text, a short time apart';
  const millibits = toMillibits(echo.bits);
  return { millibits, besidesTime: millibits, lines: [{ kind: 'echo', millibits, says }] };
}
