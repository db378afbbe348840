import { type Enrichment, type Observable, observedSpan, type Signal } from '@samenhang/domain';
import { storyKeysOf } from './echo.ts';
import type { KeyDraft, SignalFacts } from './evidence/evidence-kind.ts';
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

/** All that correlation needs of a signal but for the values it may share with others. */
export interface Traits {
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
  readonly derivedFrom: readonly string[];
  readonly sketch: TextSketch;
}

/** All that correlation needs of a signal, and nothing that depends on any other. */
export interface Profile extends Traits {
  /** Distinct, ascending by kind and value. */
  readonly keys: readonly EvidenceKey[];
  /** Numbers of 32 bits. */
  readonly storyKeys: readonly number[];
}

/** The part of a signal's traits that scoring looks at. */
export type ComparedTraits = Pick<Traits, 'startMs' | 'endMs' | 'language' | 'countries' | 'sectors' | 'actors' | 'wordCount' | 'prose'>;

/** The part of a profile that scoring looks at. */
export type ComparedProfile = ComparedTraits & Pick<Profile, 'keys'>;

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

/** Every value a signal may share with others, as the evidence kinds find them: in their order, repeated as often as they are found. */
export const draftsOf = (facts: SignalFacts): readonly KeyDraft[] => sharedValueKinds.flatMap((source) => source.keysOf(facts));

function collectKeys(drafts: readonly KeyDraft[], { shared }: Ruleset): ReadonlyMap<string, ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Map<string, Entry>>();
  for (const { kind, value, implies } of drafts) {
    if (shared[kind] === undefined) continue;
    const ofKind = entries.get(kind) ?? new Map<string, Entry>();
    const entry = ofKind.get(value) ?? { kind, value, implies: [] };
    if (implies !== undefined) entry.implies.push(implies);
    ofKind.set(value, entry);
    entries.set(kind, ofKind);
  }
  return entries;
}

function keysOf(drafts: readonly KeyDraft[], ruleset: Ruleset): readonly EvidenceKey[] {
  const entries = collectKeys(drafts, ruleset);
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
    return { kind, value, implies: [...implied].sort((a, b) => a - b) };
  });
}

const distinct = (values: readonly string[]): readonly string[] => (values.length < 2 ? values : [...new Set(values)].sort());

/** What evidence is looked for in. */
export function factsOfSignal(signal: Signal, enrichment: Enrichment): SignalFacts {
  const { startMs, endMs } = observedSpan(signal.observedAt);
  return { observables: observablesOf(signal, enrichment), enrichment, startMs, endMs };
}

/** What a signal is like: a pure function of the signal, its enrichment and the ruleset. */
export function traitsOf(signal: Signal, { observables, enrichment, startMs, endMs }: SignalFacts, ruleset: Ruleset): Traits {
  const classes = classesOf(observables);
  return {
    id: signal.id,
    firstReceivedAt: signal.firstReceivedAt,
    source: signal.source,
    startMs,
    endMs,
    language: enrichment.language,
    countries: distinct([...classes.country, ...signal.places.flatMap(({ country }) => country?.toLowerCase() ?? [])]),
    sectors: distinct([...classes.sector, ...signal.sectors.map((sector) => sector.toLowerCase())]),
    actors: distinct(classes.actor),
    wordCount: enrichment.words.length,
    prose: signal.text.length >= ruleset.reportChars,
    externalId: signal.externalId,
    derivedFrom: distinct(signal.origin?.derivedFrom ?? []),
    sketch: sketchText(`${signal.title}\n${signal.text}`),
  };
}

/** What observables say of the class of a report rather than of a thing. */
function classesOf(observables: readonly Observable[]): { readonly [Name in 'country' | 'sector' | 'actor']: readonly string[] } {
  const classes: { readonly [Name in 'country' | 'sector' | 'actor']: string[] } = { country: [], sector: [], actor: [] };
  for (const { type, value } of observables) {
    if (type === 'country') classes.country.push(value.toLowerCase());
    else if (type === 'sector') classes.sector.push(value.toLowerCase());
    else if (type === 'threat-actor') classes.actor.push(value.toLowerCase());
  }
  return classes;
}

/** Compiles a signal: a pure function of the signal, its enrichment and the ruleset. */
export function profileOf(signal: Signal, enrichment: Enrichment, ruleset: Ruleset): Profile {
  const facts = factsOfSignal(signal, enrichment);
  const traits = traitsOf(signal, facts, ruleset);
  return { ...traits, keys: keysOf(draftsOf(facts), ruleset), storyKeys: storyKeysOf(traits, ruleset) };
}
