// What travels between services: the topics and the messages on them.
export type { CorrelationInputMessage, IncidentChanged, JudgementReceived, SignalReceived } from './messages.ts';
export { rejectedTopic, type Topic, topics } from './topics.ts';
