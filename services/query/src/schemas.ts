import {
  hybridDimensions,
  IncidentJudgement,
  incidentStatuses,
  Marking,
  ObservedAt,
  Place,
  PostedSignal,
  SourceType,
  severities,
  Technique,
} from '@samenhang/domain';
import { facetKinds } from '@samenhang/ports';
import { z } from 'zod';
import { examples } from './examples.ts';
import { withExample } from './with-example.ts';

/** An id of a signal or an incident. */
export const Id = z.uuid();

export const EvidenceDocument = z.object({ kind: z.string(), value: z.string().optional(), bits: z.number(), says: z.string() });

export const LinkDocument = z
  .object({ a: Id, b: Id, kind: z.enum(['link', 'possible']), bits: z.number(), evidence: z.array(EvidenceDocument) })
  .describe('Two signals that belong together (link) or may do so (possible, joins nothing); bits is the exact sum of its evidence.');

export const PossibleLinkDocument = LinkDocument.extend({
  incidents: z.tuple([Id.nullable(), Id.nullable()]).describe('The incidents that hold a and b.'),
});

export const MemberDocument = z.object({ id: Id, source: z.string(), sourceType: SourceType, title: z.string(), observedAt: ObservedAt });
/** A signal as lists show it. */
export type MemberDocument = z.infer<typeof MemberDocument>;

export const LineageDocument = z.object({
  cause: z.enum(['opened', 'joined', 'left', 'merged', 'split', 'closed']),
  signals: z.array(Id),
  incidents: z.array(Id),
  position: z.int(),
});

export const SplitByDocument = z.object({
  without: z.union([z.object({ signal: Id }), z.object({ source: z.string() })]),
  groups: z.array(z.array(Id)).describe('The groups that would remain, largest first.'),
});

export const HybridReachDocument = z
  .object({
    score: z.int().describe('The sum of the points, 0 to 32.'),
    joins: z.array(z.object({ dimension: z.enum(hybridDimensions), different: z.int(), points: z.int() })),
  })
  .describe(
    'How far it reaches across what one actor with one purpose would have to coordinate: 3 points for each different domain of hybrid threats beyond the first, 2 for each sector and each country, 1 for each theme, at most four times each. Orders what to look at first; proves nothing.',
  );

export const IncidentDocument = z.object({
  id: Id,
  title: z.string(),
  summary: z.string(),
  size: z.int(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  themes: z.array(z.string()),
  domains: z.array(z.string()).describe('Domains of hybrid threats (JRC and Hybrid CoE) that the texts of its members speak of.'),
  sectors: z.array(z.string()),
  places: z.array(Place),
  techniques: z.array(Technique),
  sourceTypes: z.array(SourceType),
  sources: z.array(z.string()),
  marking: Marking,
  status: z.enum(incidentStatuses),
  severity: z.enum(severities),
  judgements: z.array(IncidentJudgement).describe('What analysts decided about it and did not revoke, oldest first.'),
  hybridReach: HybridReachDocument,
  revision: z.int().describe('Place, in the log of the audience, of the newest input that the incident holds.'),
  changed: z
    .int()
    .describe('Place, in the log of the audience, of the newest input that changed it: what changedSince compares and activity orders by.'),
  rulesetVersion: z.string(),
  members: z.array(MemberDocument).optional(),
  links: z.array(LinkDocument).optional(),
});

const CountedDocument = z.object({ value: z.string(), count: z.int() });

export const IncidentPage = withExample(
  z.object({
    items: z.array(IncidentDocument),
    next: z.string().nullable().describe('Cursor of the next page; null on the last one.'),
    total: z.int().optional().describe('Incidents on all pages; with facets only.'),
    facets: z
      .partialRecord(z.enum(facetKinds), z.array(CountedDocument))
      .optional()
      .describe(
        'How many incidents on all pages have each value, most frequent first; a count is what the list holds when the value is added as a filter.',
      ),
  }),
  examples.incidentPage,
);

export const IncidentDetail = withExample(
  IncidentDocument.extend({
    members: z.array(MemberDocument),
    links: z.array(LinkDocument),
    possibleLinks: z.array(PossibleLinkDocument),
    lineage: z.array(LineageDocument),
    counterfactuals: z.array(SplitByDocument).describe('What holds the incident together: without it, these groups would remain.'),
  }),
  examples.incidentDetail,
);

const Observables = z.array(z.object({ type: z.string(), value: z.string() }));

export const EnrichmentDocument = z.object({
  version: z.string(),
  language: z.string().nullable(),
  mentions: z
    .array(z.object({ kind: z.string(), value: z.string(), start: z.int(), end: z.int() }))
    .describe('What the text was found to name, with its span in title + line break + text.'),
  observables: Observables.describe('Found in the text, normalised.'),
  common: Observables.describe('Those of the posted and the found that a warning list calls too common to be evidence; they link nothing.'),
});

export const SignalDocument = withExample(
  PostedSignal.extend({
    id: Id,
    contentHash: z.string(),
    receivedAt: z.string(),
    firstReceivedAt: z.string(),
    flags: z.array(z.string()),
    enrichment: EnrichmentDocument,
    trace: z.object({
      receivedAt: z.string(),
      enrichedAt: z.string(),
      correlatedAt: z.string().nullable(),
      queryableAt: z.string().nullable(),
      incidentId: Id.nullable(),
    }),
  }).describe('A signal as it was received; what was added stands in enrichment, and when it went through in trace.'),
  examples.signal,
);

export const ObservableDocument = withExample(
  z.object({
    type: z.string(),
    value: z.string(),
    signals: z.array(MemberDocument.extend({ incidentId: Id.nullable() })),
    incidents: z.array(IncidentDocument),
  }),
  examples.observable,
);

export const MeDocument = withExample(
  z.object({
    role: z.string(),
    audience: z.string().nullable().describe('For whom this request was answered.'),
    audiences: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .describe('For whom this key may ask, by the header Samenhang-Audience.'),
  }),
  examples.me,
);
