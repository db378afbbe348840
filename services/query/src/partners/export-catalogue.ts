import type { CorrelationInputMessage, IncidentChanged } from '@samenhang/events';
import { ownExtensionDefinition, ownIdentity, stixTlpDefinition } from '@samenhang/formats';
import type { CatalogueEntry } from './catalogue-entry.ts';
import { createObjectVersions } from './object-versions.ts';
import { createToldIncidents } from './told-incidents.ts';
import { createToldSignals } from './told-signals.ts';

export interface ExportCatalogue {
  readonly entries: readonly CatalogueEntry[];
  /** The entries of an object, oldest first. */
  versionsOf(id: string): readonly CatalogueEntry[];
  /** Takes the next input of the audience, added when the change that follows it was. */
  input(message: CorrelationInputMessage, offset: number, timeMs: number): void;
  /** Takes the next change of an incident of the audience. */
  change(change: IncidentChanged, timeMs: number): void;
}

/**
 * Everything of one audience that may leave, as STIX objects in the order in which they came to be: a function of the audience's logs alone, and append-only,
 * so that whoever reads on from an entry misses nothing. What may no longer be told is revoked; since STIX knows no way back from that, it is told under a new id when it may be again.
 */
export function createExportCatalogue(): ExportCatalogue {
  const versions = createObjectVersions();
  const signals = createToldSignals(versions);
  const incidents = createToldIncidents(versions, signals);
  const begin = (timeMs: number): void => {
    versions.begin(timeMs);
    if (versions.entries.length > 0) return;
    const markings = (['clear', 'green', 'amber'] as const).map(stixTlpDefinition);
    for (const object of [...markings, ownIdentity, ownExtensionDefinition]) versions.addOnce(object, { kind: 'whole', object }, null);
  };
  return {
    entries: versions.entries,
    versionsOf: versions.versionsOf,
    input(message, offset, timeMs) {
      if (message.kind === 'judgement') return;
      begin(timeMs);
      signals.take(message, offset);
    },
    change(change, timeMs) {
      begin(timeMs);
      incidents.take(change);
    },
  };
}
