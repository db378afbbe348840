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

/** Orders keys by kind and value, by UTF-16 code unit. */
export const compareKeys = (
  a: { readonly kind: string; readonly value: string },
  b: { readonly kind: string; readonly value: string },
): number => {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.value === b.value) return 0;
  return a.value < b.value ? -1 : 1;
};

const nameOf = ({ kind, value }: { readonly kind: string; readonly value: string }): string => `${kind}\u0000${value}`;

function keysOf(signal: Signal, enrichment: Enrichment, { shared }: Ruleset): readonly EvidenceKey[] {
  const implied = new Map<string, Set<string>>();
  const drafts = new Map<string, KeyDraft>();
  for (const kind of sharedValueKinds) {
    for (const draft of kind.keysOf(signal, enrichment)) {
      if (shared[draft.kind] === undefined) continue;
      const name = nameOf(draft);
      drafts.set(name, draft);
      const names = implied.get(name) ?? new Set();
      for (const general of draft.implies ?? []) names.add(nameOf(general));
      implied.set(name, names);
    }
  }
  const ordered = [...drafts].sort(([, a], [, b]) => compareKeys(a, b));
  const places = new Map(ordered.map(([name], place) => [name, place]));
  return ordered.map(([name, { kind, value }]) => ({
    kind,
    value,
    implies: [...(implied.get(name) ?? [])].flatMap((general) => places.get(general) ?? []).sort((a, b) => a - b),
  }));
}

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
