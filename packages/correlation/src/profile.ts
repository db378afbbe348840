import { type Enrichment, observedSpan, type Signal } from '@samenhang/domain';
import { storyKeysOf } from './echo.ts';
import type { KeyDraft } from './evidence/evidence-kind.ts';
import { sharedValueKinds } from './evidence/evidence-kinds.ts';
import { observablesOf } from './evidence/typed-observables.ts';
import type { Ruleset } from './ruleset.ts';
import { sketchText, type TextSketch } from './text-sketch.ts';

/** A value other signals may share. `implies` are the places, in the same profile, of more general values that do not count beside it. */
export interface EvidenceKey {
  readonly kind: string;
  readonly value: string;
  readonly implies: readonly number[];
}

/** All that correlation needs of a signal, and nothing that depends on any other. */
export interface Profile {
  readonly id: string;
  readonly firstReceivedAt: string;
  readonly source: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly language: string | null;
  readonly countries: readonly string[];
  readonly sectors: readonly string[];
  readonly actors: readonly string[];
  readonly wordCount: number;
  /** True when it says enough to be called a report rather than a note. */
  readonly prose: boolean;
  readonly externalId: string | undefined;
  /** Distinct, ascending by kind and value. */
  readonly keys: readonly EvidenceKey[];
  readonly derivedFrom: readonly string[];
  readonly sketch: TextSketch;
  /** Numbers of 32 bits. */
  readonly storyKeys: readonly number[];
}

/** The part of a profile that scoring looks at. */
export type ComparedProfile = Omit<Profile, 'id' | 'firstReceivedAt' | 'source' | 'externalId' | 'derivedFrom' | 'sketch' | 'storyKeys'>;

/** Orders keys by kind and value, by UTF-16 code unit. */
export const compareKeys = (
  a: { readonly kind: string; readonly value: string },
  b: { readonly kind: string; readonly value: string },
): number => {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.value === b.value) return 0;
  return a.value < b.value ? -1 : 1;
};

interface Entry {
  readonly kind: string;
  readonly value: string;
  readonly implies: KeyDraft['implies'][];
}

function collectKeys(signal: Signal, enrichment: Enrichment, { shared }: Ruleset): ReadonlyMap<string, ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Map<string, Entry>>();
  for (const source of sharedValueKinds) {
    for (const { kind, value, implies } of source.keysOf(signal, enrichment)) {
      if (shared[kind] === undefined) continue;
      const ofKind = entries.get(kind) ?? new Map<string, Entry>();
      const entry = ofKind.get(value) ?? { kind, value, implies: [] };
      if (implies !== undefined) entry.implies.push(implies);
      ofKind.set(value, entry);
      entries.set(kind, ofKind);
    }
  }
  return entries;
}

function keysOf(signal: Signal, enrichment: Enrichment, ruleset: Ruleset): readonly EvidenceKey[] {
  const entries = collectKeys(signal, enrichment, ruleset);
  const ordered = [...entries.values()].flatMap((ofKind) => [...ofKind.values()]).sort(compareKeys);
  const places = new Map(ordered.map((entry, place) => [entry, place]));
  return ordered.map(({ kind, value, implies }) => {
    const implied = new Set<number>();
    for (const drafts of implies) {
      for (const general of drafts ?? []) {
        const entry = entries.get(general.kind)?.get(general.value);
        if (entry !== undefined) implied.add(places.get(entry) ?? -1);
      }
    }
    return { kind, value, implies: implied.size === 0 ? nothing : [...implied].sort((a, b) => a - b) };
  });
}

const nothing: readonly number[] = [];

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

/** Compiles a signal: a pure function of the signal, its enrichment and the ruleset. */
export function profileOf(signal: Signal, enrichment: Enrichment, ruleset: Ruleset): Profile {
  const { startMs, endMs } = observedSpan(signal.observedAt);
  const valuesOf = (type: string) =>
    observablesOf(signal, enrichment).flatMap((seen) => (seen.type === type ? [seen.value.toLowerCase()] : []));
  const text = `${signal.title}\n${signal.text}`;
  const sketch = sketchText(text);
  const keys = keysOf(signal, enrichment, ruleset);
  const derivedFrom = distinct(signal.origin?.derivedFrom ?? []);
  const profile = {
    id: signal.id,
    firstReceivedAt: signal.firstReceivedAt,
    source: signal.source,
    startMs,
    endMs,
    language: enrichment.language,
    countries: distinct([...valuesOf('country'), ...signal.places.flatMap(({ country }) => country?.toLowerCase() ?? [])]),
    sectors: distinct([...valuesOf('sector'), ...signal.sectors.map((sector) => sector.toLowerCase())]),
    actors: distinct(valuesOf('threat-actor')),
    wordCount: enrichment.words.length,
    prose: signal.text.length >= ruleset.reportChars,
    externalId: signal.externalId,
    keys,
    derivedFrom,
    sketch,
  };
  return { ...profile, storyKeys: storyKeysOf(profile, ruleset) };
}
