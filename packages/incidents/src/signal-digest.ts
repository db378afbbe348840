import {
  type Enrichment,
  type Marking,
  type Mention,
  observedSpan,
  type Place,
  type Signal,
  type SourceType,
  type Technique,
  withoutCommon,
} from '@samenhang/domain';

/** A value that several reports may hold: how it is compared, what it is, and how it was written. */
export interface SharedValue {
  readonly key: string;
  readonly kind: string;
  readonly written: string;
}

/** What a correlator remembers of a live signal to describe the incident that holds it; about 1 kB, text left out. */
export interface SignalDigest {
  readonly id: string;
  readonly position: number;
  readonly firstReceivedAt: string;
  readonly title: string;
  readonly source: string;
  readonly sourceType: SourceType;
  readonly startMs: number;
  readonly endMs: number;
  readonly themes: readonly string[];
  readonly sectors: readonly string[];
  /** What its text was found to be about. */
  readonly topics: { readonly themes: readonly string[]; readonly domains: readonly string[]; readonly sectors: readonly string[] };
  readonly places: readonly Place[];
  readonly techniques: readonly Technique[];
  readonly marking: Marking;
  readonly values: readonly SharedValue[];
}

/** More values than this tell a reader nothing more about what ties an incident. */
const valuesKept = 40;
const titleChars = 200;
const tellingMentions: ReadonlySet<Mention['kind']> = new Set<Mention['kind']>(['name-pair', 'organisation', 'person', 'name', 'code']);

/** The digest of a signal at its place in the audience's log; a pure function of its arguments. */
export function digestSignal(signal: Signal, enrichment: Enrichment, position: number): SignalDigest {
  const { startMs, endMs } = observedSpan(signal.observedAt);
  return {
    id: signal.id,
    position,
    firstReceivedAt: signal.firstReceivedAt,
    title: shorten(signal.title),
    source: signal.source,
    sourceType: signal.sourceType,
    startMs,
    endMs,
    themes: signal.themes,
    sectors: signal.sectors,
    topics: { themes: enrichment.themes, domains: enrichment.domains, sectors: enrichment.sectors },
    places: signal.places,
    techniques: signal.techniques,
    marking: signal.marking,
    values: valuesOf(signal, enrichment),
  };
}

function shorten(title: string): string {
  const oneLine = title.replace(/\s+/gu, ' ').trim();
  return oneLine.length <= titleChars ? oneLine : `${oneLine.slice(0, titleChars - 1).toWellFormed()}…`;
}

function valuesOf(signal: Signal, enrichment: Enrichment): readonly SharedValue[] {
  const found = new Map<string, SharedValue>();
  const add = (kind: string, compared: string, written: string): void => {
    const key = `${kind}:${compared}`;
    if (found.size < valuesKept && !found.has(key)) found.set(key, { key, kind, written });
  };
  const running = `${signal.title}\n${signal.text}`;
  for (const mention of enrichment.mentions) {
    if (tellingMentions.has(mention.kind))
      add(mention.kind, mention.value, running.slice(mention.start, mention.end).replace(/\s+/gu, ' ').slice(0, 80).toWellFormed());
  }
  for (const { type, value } of withoutCommon([...signal.observables, ...enrichment.observables], enrichment))
    add(type, value.toLowerCase(), value.slice(0, 120).toWellFormed());
  return [...found.values()];
}
