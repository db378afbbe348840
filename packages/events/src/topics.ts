/** Every topic: who writes it, who reads it, how many partitions, how long it is kept. The reference page and the Kafka topics are made from this. */
export const topics = {
  signalsReceived: {
    name: 'signals.received',
    writer: 'ingest',
    readers: ['enrich'],
    // One: with more, the order in which an audience's inputs follow each other, and so the positions it is told, would depend on signals it may not see (law 5).
    partitions: 1,
    retention: 'for ever',
    says: 'Every accepted signal, as received.',
  },
  judgementsReceived: {
    name: 'judgements.received',
    writer: 'ingest',
    readers: ['enrich'],
    partitions: 1,
    retention: 'for ever',
    says: 'What analysts decided.',
  },
  correlationInputs: {
    name: 'correlation.inputs',
    writer: 'enrich',
    readers: ['correlate', 'materialize'],
    partitions: 'one per audience',
    retention: 'for ever',
    says: 'Each audience its own copy of what it may see, enriched.',
  },
  incidentsChanged: {
    name: 'incidents.changed',
    writer: 'correlate',
    readers: ['materialize', 'query', 'notify'],
    partitions: 'one per audience',
    retention: 'for ever',
    says: 'Each incident as it is after a change.',
  },
  notificationsRetried: {
    name: 'notifications.retried',
    writer: 'query',
    readers: ['notify'],
    partitions: 1,
    retention: 'for ever',
    says: 'Changes that a webhook did not take and an operator has it told again; apart, so that nobody else takes them for new.',
  },
  exportsRecorded: {
    name: 'exports.recorded',
    writer: 'query',
    readers: ['query'],
    partitions: 1,
    retention: 'for ever',
    says: 'Who was given which signals and incidents to take away.',
  },
} as const;

export type Topic = (typeof topics)[keyof typeof topics];

/** The topic that keeps what a step could not handle, with cause, original bytes and headers. */
export const rejectedTopic = (topic: string): string => `${topic}.rejected`;

/** Every topic with its dead letters, as they must exist for so many audiences. */
export const topicSettings = (audiences: number): readonly { readonly name: string; readonly partitions: number }[] =>
  Object.values(topics).flatMap(({ name, partitions }) => [
    { name, partitions: partitions === 'one per audience' ? audiences : partitions },
    { name: rejectedTopic(name), partitions: 1 },
  ]);
