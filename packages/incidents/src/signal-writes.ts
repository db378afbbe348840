import {
  compareEnrichmentVersions,
  type Enrichment,
  factTerm,
  normaliseObservable,
  type Observable,
  type Signal,
  termsOfSignal,
} from '@samenhang/domain';
import type { CorrelationInputMessage } from '@samenhang/events';
import type { SignalView } from '@samenhang/ports';

/** A message of `correlation.inputs` with where and when the log took it. */
export interface PlacedMessage {
  readonly message: CorrelationInputMessage;
  readonly position: number;
  readonly takenAtMs: number;
}

type Standing = Pick<SignalView, 'revision' | 'signal' | 'enrichment'>;

/** The id of the signal that a message is about; undefined for a judgement. */
export function signalIdOf(message: CorrelationInputMessage): string | undefined {
  if (message.kind === 'judgement') return undefined;
  return message.kind === 'signal' ? message.signal.id : message.id;
}

/**
 * What a batch changes in the signals of one audience, given what stands now: at most one view per signal, and none for a message that
 * a higher revision already stands against. The highest revision wins whatever the order and number of deliveries.
 */
export function signalWrites(
  batch: readonly PlacedMessage[],
  standing: ReadonlyMap<string, Standing>,
  queryableAt: string,
): readonly SignalView[] {
  const newest = new Map<string, PlacedMessage>();
  for (const placed of batch) {
    const id = signalIdOf(placed.message);
    if (id === undefined) continue;
    const before = newest.get(id);
    const rival = before === undefined ? standing.get(id) : standingOf(before.message);
    if (supersedes(standingOf(placed.message), rival)) newest.set(id, placed);
  }
  return [...newest].map(([id, placed]) => viewOf(id, placed, queryableAt));
}

function standingOf(message: CorrelationInputMessage): Standing {
  if (message.kind === 'signal')
    return { revision: message.signal.revision, signal: shown(message.signal), enrichment: message.enrichment };
  return { revision: message.kind === 'withdrawal' ? message.revision : 0, signal: null, enrichment: null };
}

const shown = (signal: Signal): Signal | null => (signal.kind === 'retraction' ? null : signal);

function supersedes(next: Standing, rival: Standing | undefined): boolean {
  if (rival === undefined || next.revision !== rival.revision) return rival === undefined || next.revision > rival.revision;
  // Equal revisions with other contents: taken away wins over shown, then the smaller hash, so that every order of delivery ends alike.
  const [mine, theirs] = [next.signal?.contentHash ?? '', rival.signal?.contentHash ?? ''];
  if (mine !== theirs) return mine < theirs;
  return mine !== '' && compareEnrichmentVersions(next.enrichment?.version ?? '', rival.enrichment?.version ?? '') > 0;
}

function viewOf(id: string, { message, position, takenAtMs }: PlacedMessage, queryableAt: string): SignalView {
  const common = { id, position, revision: standingOf(message).revision, enrichedAt: new Date(takenAtMs).toISOString(), queryableAt };
  if (message.kind !== 'signal' || shown(message.signal) === null)
    return { ...common, signal: null, enrichment: null, observables: [], terms: termsOfGone(message) };
  const { signal, enrichment } = message;
  return { ...common, signal, enrichment, ...foundBy(signal, enrichment) };
}

type FoundBy = Pick<SignalView, 'observables' | 'terms'>;

/** A log in one process hands every audience the same signal and enrichment: what it is found by is then worked out once. */
const workedOut = new WeakMap<Signal, FoundBy & { readonly enrichment: Enrichment }>();

function foundBy(signal: Signal, enrichment: Enrichment): FoundBy {
  const known = workedOut.get(signal);
  if (known?.enrichment === enrichment) return { observables: known.observables, terms: known.terms };
  const observables = distinct([...signal.observables.map(normaliseObservable), ...enrichment.observables]);
  const found = { observables, terms: termsOfSignal(signal, { ...enrichment, observables }) };
  workedOut.set(signal, { ...found, enrichment });
  return found;
}

/** A signal that its source took back counts for that source; one that was withdrawn from the audience leaves nothing. */
const termsOfGone = (message: CorrelationInputMessage): readonly string[] =>
  message.kind === 'signal' ? [factTerm('retracted', message.signal.source)] : [];

function distinct(observables: readonly Observable[]): readonly Observable[] {
  const found = new Map<string, Observable>();
  for (const observable of observables) found.set(`${observable.type}\n${observable.value}`, observable);
  return [...found.values()];
}
