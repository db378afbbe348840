import type { Technique } from '@samenhang/domain';
import { objectsOf, textOf } from '../json/json-value.ts';
import type { StixObject } from './stix-object.ts';

/** Tactics that only DISARM has; OpenCTI exports them under the kill chain and source name of ATT&CK. */
const disarmTactics: ReadonlySet<string> = new Set([
  'plan-strategy',
  'plan-objectives',
  'target-audience-analysis',
  'develop-narratives',
  'develop-content',
  'establish-assets',
  'establish-social-assets',
  'establish-legitimacy',
  'microtarget',
  'select-channels-and-affordances',
  'conduct-pump-priming',
  'deliver-content',
  'maximise-exposure',
  'maximize-exposure',
  'drive-online-harms',
  'drive-offline-activity',
  'persist-in-the-information-environment',
  'assess-effectiveness',
]);

const idShape = /^T[A-Z]?\d{4}(\.\d{3})?$/;

/** The technique an attack pattern names, with its framework; undefined when it has no number of ATT&CK or DISARM. */
export function techniqueOf({ value }: StixObject): Technique | undefined {
  const references = objectsOf(value, 'external_references');
  const numbered = references.map((reference) => ({
    id: textOf(reference, 'external_id')?.trim().toUpperCase(),
    source: textOf(reference, 'source_name')?.toLowerCase() ?? '',
    url: textOf(reference, 'url')?.toLowerCase() ?? '',
  }));
  const found = numbered.find(
    ({ id, source }) => id !== undefined && idShape.test(id) && (source.includes('attack') || source.includes('disarm')),
  );
  const id = found?.id ?? textOf(value, 'x_mitre_id')?.trim().toUpperCase();
  if (id === undefined || !idShape.test(id)) return undefined;
  const phases = objectsOf(value, 'kill_chain_phases');
  const disarm =
    numbered.some(({ source, url }) => source.includes('disarm') || url.includes('disarm')) ||
    phases.some(
      (phase) =>
        textOf(phase, 'kill_chain_name')?.toLowerCase().includes('disarm') ||
        disarmTactics.has(textOf(phase, 'phase_name')?.toLowerCase() ?? ''),
    );
  return { framework: disarm ? 'disarm' : 'attack', id };
}
