import type { Enrichment, Signal } from '@samenhang/domain';
import { digestSignal, type SignalDigest } from './signal-digest.ts';

interface Known {
  readonly revision: number;
  /** Smaller wins between equal revisions; the empty hash of a withdrawal wins over every content. */
  readonly contentHash: string;
  readonly digest: SignalDigest | undefined;
}

/** Which signals of an audience are live, and in which revision: the highest revision wins whatever the order of delivery (law 1). */
export class LiveSignals {
  readonly #known = new Map<string, Known>();

  /** True when the signal is news: it is now what is shown, or has ended what was. */
  receive(signal: Signal, enrichment: Enrichment, position: number): boolean {
    if (!this.#supersedes(signal.id, signal.revision, signal.contentHash)) return false;
    const digest = signal.kind === 'retraction' ? undefined : digestSignal(signal, enrichment, position);
    this.#known.set(signal.id, { revision: signal.revision, contentHash: signal.contentHash, digest });
    return true;
  }

  /** Takes a signal away from the audience up to and including this revision. */
  withdraw(id: string, revision: number): boolean {
    if (!this.#supersedes(id, revision, '')) return false;
    this.#known.set(id, { revision, contentHash: '', digest: undefined });
    return true;
  }

  /** The digest of a live signal; undefined for one that is unknown or was taken away. */
  find(id: string): SignalDigest | undefined {
    return this.#known.get(id)?.digest;
  }

  #supersedes(id: string, revision: number, contentHash: string): boolean {
    const known = this.#known.get(id);
    if (known === undefined || known.revision < revision) return true;
    return known.revision === revision && contentHash < known.contentHash;
  }
}
