import { fidelities, IncidentJudgement, Judgement, SourceType } from '@samenhang/domain';
import { z } from 'zod';
import { examples } from './examples.ts';
import { Id, IncidentDocument, LineageDocument, LinkDocument, MemberDocument } from './schemas.ts';
import { withExample } from './with-example.ts';

export const GraphDocument = withExample(
  z.object({
    id: Id,
    title: z.string(),
    members: z.int().describe('Members of the incident.'),
    drawn: z.int().describe('Members among the nodes: of a large incident those with the most bits in links.'),
    nodes: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['signal', 'outside', 'source', 'observable']),
        label: z.string(),
        incidentId: Id.optional().describe('The incident that an outside signal is in.'),
      }),
    ),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        kind: z.enum(['link', 'possible', 'reported', 'holds']),
        weight: z.number().describe('0 to 1: how wide to draw it.'),
        label: z.string(),
      }),
    ),
  }),
  examples.graph,
);

export const TimelineDocument = withExample(
  z.object({
    id: Id,
    firstSeen: z.string(),
    lastSeen: z.string(),
    signals: z.array(
      MemberDocument.extend({
        start: z.string().describe('First instant of when it was observed.'),
        end: z.string().describe('Last instant of it.'),
        fidelity: z.enum(fidelities).describe('How exactly that is known.'),
        reportedAt: z.string().nullable(),
        receivedAt: z.string(),
      }),
    ),
    judgements: z.array(IncidentJudgement),
  }),
  examples.timeline,
);

export const LineageAnswer = withExample(
  z.object({
    id: Id,
    ended: z.boolean(),
    heldBy: Id.nullable().describe('The incident that holds its anchor now.'),
    lineage: z.array(LineageDocument),
  }),
  examples.lineage,
);

const LinkEndDocument = z.object({ signal: MemberDocument, incident: z.object({ id: Id, title: z.string(), size: z.int() }) });

export const PossibleJoinDocument = z.object({
  link: LinkDocument,
  ends: z.tuple([LinkEndDocument, LinkEndDocument]),
  rank: z.number().describe('Product of the sizes times the bits.'),
});

export const PossibleAnswer = withExample(z.object({ id: Id, items: z.array(PossibleJoinDocument) }), examples.possible);

export const ReviewPage = withExample(
  z.object({
    items: z.array(PossibleJoinDocument),
    total: z.int().describe('Possible links that were found waiting.'),
  }),
  examples.review,
);

export const SimilarAnswer = withExample(
  z.object({
    id: Id,
    items: z.array(
      z.object({
        incident: IncidentDocument,
        points: z.int().describe('The sum of what is shared: an observable 4, a technique 3, a domain, sector, country or theme 1.'),
        shared: z.array(z.object({ kind: z.string(), value: z.string(), points: z.int() })),
      }),
    ),
  }),
  examples.similar,
);

export const RecallDocument = withExample(
  z.object({
    id: Id,
    state: z.enum(['live', 'gone']),
    incidents: z.array(
      z.object({
        id: Id,
        title: z.string().nullable().describe('null when the incident ended.'),
        holds: z.boolean().describe('It holds the signal now.'),
        lineage: z.array(LineageDocument).describe('What its lineage says of the signal.'),
      }),
    ),
  }),
  examples.recall,
);

export const SourcePage = withExample(
  z.object({
    items: z.array(
      z.object({
        source: z.string(),
        sourceType: SourceType.nullable(),
        signals: z.int().describe('Signals that are live now.'),
        inIncidents: z.int().describe('Of these, in an incident of two and more.'),
        corroborated: z.int().describe('Of these, in an incident that names another source too.'),
        retracted: z.int().describe('Signals that it took back.'),
      }),
    ),
    next: z.string().nullable().describe('Give it as "after" for the next page; null on the last one.'),
  }),
  examples.sources,
);

export const JudgementPage = withExample(
  z.object({
    items: z.array(z.union([Judgement, IncidentJudgement])),
    next: z.string().nullable(),
  }),
  examples.judgements,
);
