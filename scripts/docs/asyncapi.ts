import { z } from 'zod';
import {
  IncidentJudgement,
  incidentStatuses,
  Judgement,
  Marking,
  Observable,
  Place,
  PostedSignal,
  SourceType,
  severities,
  Technique,
} from '../../packages/domain/src/index.ts';
import {
  type CorrelationInputMessage,
  type ExportRecorded,
  type IncidentChanged,
  type JudgementReceived,
  type SignalReceived,
  topics,
} from '../../packages/events/src/index.ts';

const Signal = PostedSignal.extend({
  id: z.uuid(),
  contentHash: z.string(),
  receivedAt: z.string(),
  firstReceivedAt: z.string(),
  flags: z.array(z.string()),
});

const Mention = z.object({
  kind: z.enum(['name', 'name-pair', 'number', 'code', 'date', 'place', 'organisation', 'person', 'country', 'concept']),
  value: z.string(),
  start: z.int(),
  end: z.int(),
  flag: z.literal('mixed-script').exactOptional(),
});

const strings = z.array(z.string());

const Enrichment = z.object({
  version: z.string(),
  language: z.string().nullable(),
  mentions: z.array(Mention),
  words: strings,
  rareWords: strings,
  named: strings,
  placeNames: strings,
  themes: strings,
  domains: strings,
  sectors: strings,
  observables: z.array(Observable),
  common: z.array(Observable).exactOptional(),
});

const Link = z.object({
  a: z.uuid(),
  b: z.uuid(),
  kind: z.enum(['link', 'possible']),
  bits: z.number(),
  evidence: z.array(z.object({ kind: z.string(), value: z.string().exactOptional(), bits: z.number(), says: z.string() })),
});

const Lineage = z.object({
  cause: z.enum(['opened', 'joined', 'left', 'merged', 'split', 'closed']),
  signals: z.array(z.uuid()),
  incidents: z.array(z.uuid()),
  position: z.int(),
});

const Summary = z.object({
  id: z.uuid(),
  title: z.string(),
  summary: z.string(),
  size: z.int(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  themes: strings,
  domains: strings,
  sectors: strings,
  places: z.array(Place),
  techniques: z.array(Technique),
  sourceTypes: z.array(SourceType),
  sources: strings,
  marking: Marking,
  status: z.enum(incidentStatuses),
  severity: z.enum(severities),
  judgements: z.array(IncidentJudgement),
  revision: z.int(),
  rulesetVersion: z.string(),
});

const anyJudgement = z.union([Judgement, IncidentJudgement]);

const signalReceived: z.ZodType<SignalReceived> = z.object({
  signal: Signal,
  earlierMarkings: z.array(z.object({ marking: Marking, since: z.string() })),
});
const judgementReceived: z.ZodType<JudgementReceived> = z.object({ judgement: anyJudgement });
const correlationInput: z.ZodType<CorrelationInputMessage> = z.union([
  z.object({ kind: z.literal('signal'), audience: z.string(), signal: Signal, enrichment: Enrichment }),
  z.object({ kind: z.literal('withdrawal'), audience: z.string(), id: z.uuid(), revision: z.int() }),
  z.object({ kind: z.literal('judgement'), audience: z.string(), judgement: anyJudgement }),
]);
const incidentChanged: z.ZodType<IncidentChanged> = z.object({
  audience: z.string(),
  id: z.uuid(),
  batch: z.object({ from: z.int(), through: z.int() }),
  rulesetVersion: z.string(),
  remaining: z.int().optional(),
  summary: Summary.nullable(),
  joined: z.array(z.uuid()),
  left: z.array(z.uuid()),
  lineage: z.array(Lineage),
  links: z.array(Link),
  unlinked: z.array(z.tuple([z.uuid(), z.uuid()])),
});

/** The message of each topic; the compiler holds each schema to the type that travels. */
const revisions = z.array(z.tuple([z.uuid(), z.int()]).readonly());
const exportRecorded: z.ZodType<ExportRecorded> = z.object({
  audience: z.string(),
  by: z.string(),
  at: z.string(),
  how: z.enum(['stix', 'taxii']),
  signals: revisions,
  incidents: revisions,
});

const messages: Readonly<Record<keyof typeof topics, z.ZodType>> = {
  signalsReceived: signalReceived,
  judgementsReceived: judgementReceived,
  correlationInputs: correlationInput,
  incidentsChanged: incidentChanged,
  notificationsRetried: incidentChanged,
  exportsRecorded: exportRecorded,
};

const payloadOf = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' });

/** The topics and their messages as AsyncAPI 3. */
export function asyncApi(): string {
  const names = Object.keys(topics).filter((name): name is keyof typeof topics => name in topics);
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Samenhang',
      version: '1',
      description: 'What travels between the services. Values are JSON; headers carry the trace (W3C traceparent).',
    },
    channels: Object.fromEntries(
      names.map((name) => [
        name,
        { address: topics[name].name, description: topics[name].says, messages: { [name]: { $ref: `#/components/messages/${name}` } } },
      ]),
    ),
    operations: Object.fromEntries(
      names.flatMap((name) => {
        const channel = { $ref: `#/channels/${name}` };
        const { writer, readers } = topics[name];
        return [
          [`${writer}-sends-${name}`, { action: 'send', channel, title: `${writer} writes` }],
          ...readers.map((reader) => [`${reader}-receives-${name}`, { action: 'receive', channel, title: `${reader} reads` }]),
        ];
      }),
    ),
    components: {
      messages: Object.fromEntries(
        names.map((name) => [name, { name, contentType: 'application/json', payload: payloadOf(messages[name]) }]),
      ),
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
