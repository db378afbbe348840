import { Marking, ObservedAt, PostedSignal, Slug } from '@samenhang/domain';
import { z } from 'zod';

/** The extension that carries what STIX has no property for; the definition travels with every export. */
export const ownExtensionId = 'extension-definition--6b1f4f3c-9e0a-5d61-8a55-2f0c7b7a4e10';

/** What a signal says beyond its STIX report: read back, it gives the signal as it was. */
export const OwnReport = z.strictObject({
  extension_type: z.literal('property-extension'),
  holds: z.literal('signal'),
  source: PostedSignal.shape.source,
  external_id: z.string().min(1).max(512).optional(),
  revision: PostedSignal.shape.revision,
  source_type: PostedSignal.shape.sourceType,
  kind: PostedSignal.shape.kind,
  title: PostedSignal.shape.title,
  text: PostedSignal.shape.text,
  lang: PostedSignal.shape.lang,
  observed_at: ObservedAt,
  reported_at: PostedSignal.shape.reportedAt,
  themes: PostedSignal.shape.themes,
  sectors: PostedSignal.shape.sectors,
  targets: PostedSignal.shape.targets,
  /** What the report refers to is here too: who reads on from a place in a collection was given some of those objects before. */
  places: PostedSignal.shape.places.optional(),
  observables: PostedSignal.shape.observables.optional(),
  techniques: PostedSignal.shape.techniques.optional(),
  reliability: PostedSignal.shape.reliability,
  credibility: PostedSignal.shape.credibility,
  communities: Marking.shape.communities,
  exercise: Slug.optional(),
  derived_from: z.array(z.string().min(1).max(512)).max(500).optional(),
  attachments: PostedSignal.shape.attachments,
});
export type OwnReport = z.infer<typeof OwnReport>;
/** The same as it is written: what has a default may be left out. */
export type OwnReportDraft = z.input<typeof OwnReport>;

/** An incident or grouping of ours: computed from reports that travel beside it, so it is no report itself. */
export const OwnIncident = z.object({
  extension_type: z.literal('property-extension'),
  holds: z.literal('incident'),
  revision: z.number(),
  ruleset: z.string(),
});
export type OwnIncident = z.infer<typeof OwnIncident>;

/** The definition object of the extension. */
export const ownExtensionDefinition = {
  type: 'extension-definition',
  spec_version: '2.1',
  id: ownExtensionId,
  created_by_ref: 'identity--6b1f4f3c-9e0a-5d61-8a55-2f0c7b7a4e11',
  created: '2026-11-01T00:00:00.000Z',
  modified: '2026-11-01T00:00:00.000Z',
  name: 'Samenhang report',
  description:
    'What a Samenhang signal says beyond a STIX report: source, grade, observed interval with its fidelity, themes, communities.',
  schema: 'https://samenhang.example/schemas/stix-extension',
  version: '1.0.0',
  extension_types: ['property-extension', 'new-sco'],
} as const;

/** Who defined the extension. */
export const ownIdentity = {
  type: 'identity',
  spec_version: '2.1',
  id: 'identity--6b1f4f3c-9e0a-5d61-8a55-2f0c7b7a4e11',
  created: '2026-11-01T00:00:00.000Z',
  modified: '2026-11-01T00:00:00.000Z',
  name: 'Samenhang',
  identity_class: 'system',
} as const;
