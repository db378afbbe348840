import { compareEnrichmentVersions, type Enrichment, type Signal } from '@samenhang/domain';
import { digestSignal, type SignalDigest } from './signal-digest.ts';

/** What orders the inputs about one signal, as the correlator orders them. */
interface Standing {
  readonly revision: number;
  /** Smaller wins between equal revisions; the empty hash of a withdrawal wins over every content. */
  readonly contentHash: string;
  /** Newer wins between equal contents. */
  readonly enrichmentVersion: string;
}

interface Known extends Standing {
  readonly digest: SignalDigest | undefined;
}

/** Which signals of an audience are live, and in which revision: the highest revision wins whatever the order of delivery (law 1). */
export class LiveSignals {
  readonly #known = new Map<string, Known>();

  /** True when the signal is news: it is now what is shown, or has ended what was. */
  receive(signal: Signal, enrichment: Enrichment, position: number): boolean {
    const digest = signal.kind === 'retraction' ? undefined : digestSignal(signal, enrichment, position);
    return this.#keep(signal.id, {
      revision: signal.revision,
      contentHash: signal.contentHash,
      enrichmentVersion: enrichment.version,
      digest,
    });
  }

  /** Takes a signal away from the audience up to and including this revision. */
  withdraw(id: string, revision: number): boolean {
    return this.#keep(id, { revision, contentHash: '', enrichmentVersion: '', digest: undefined });
  }

  /** The digest of a live signal; undefined for one that is unknown or was taken away. */
  find(id: string): SignalDigest | undefined {
    return this.#known.get(id)?.digest;
  }

  #keep(id: string, next: Known): boolean {
    const known = this.#known.get(id);
    if (known !== undefined && !supersedes(next, known)) return false;
    this.#known.set(id, next);
    return true;
  }
}

function supersedes(next: Standing, known: Standing): boolean {
  if (next.revision !== known.revision) return next.revision > known.revision;
  if (next.contentHash !== known.contentHash) return next.contentHash < known.contentHash;
  return compareEnrichmentVersions(next.enrichmentVersion, known.enrichmentVersion) > 0;
}
