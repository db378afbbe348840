import { compareEnrichmentVersions } from '@samenhang/domain';
import type { CorrelationInput } from './correlator.ts';

/** An input about one signal: a revision of it, or its withdrawal. */
export type SignalInput = Extract<CorrelationInput, { kind: 'signal' | 'withdrawal' }>;

/** What orders the inputs about one signal, so that one of them wins whatever order they came in. */
export interface Standing {
  readonly revision: number;
  readonly withdrawn: boolean;
  readonly contentHash: string;
  readonly enrichmentVersion: string;
  readonly position: number;
}

export const standingOf = (input: SignalInput): Standing =>
  input.kind === 'withdrawal'
    ? { revision: input.revision, withdrawn: true, contentHash: '', enrichmentVersion: '', position: input.position }
    : {
        revision: input.signal.revision,
        withdrawn: false,
        contentHash: input.signal.contentHash,
        enrichmentVersion: input.enrichment.version,
        position: input.position,
      };

/** Highest revision first; then a withdrawal; then the smaller content hash; then the newer enrichment; then the earlier position. Never 0 for inputs that differ in any of these. */
export function compareStanding(a: Standing, b: Standing): number {
  if (a.revision !== b.revision) return b.revision - a.revision;
  if (a.withdrawn !== b.withdrawn) return a.withdrawn ? -1 : 1;
  if (a.contentHash !== b.contentHash) return a.contentHash < b.contentHash ? -1 : 1;
  const newer = compareEnrichmentVersions(b.enrichmentVersion, a.enrichmentVersion);
  return newer === 0 ? a.position - b.position : newer;
}

export const signalIdOf = (input: SignalInput): string => (input.kind === 'withdrawal' ? input.id : input.signal.id);

/** True when the winning input leaves the signal in the picture. */
export const keepsAlive = (input: SignalInput): input is Extract<SignalInput, { kind: 'signal' }> =>
  input.kind === 'signal' && input.signal.kind !== 'retraction';
