// What travels between services: the topics and the messages on them.
export { isCorrelationInput, isIncidentChanged, isJudgementReceived, isSignalReceived } from './guards.ts';
export type { CorrelationInputMessage, IncidentChanged, JudgementReceived, SignalReceived } from './messages.ts';
export { rejectedTopic, type Topic, topicSettings, topics } from './topics.ts';
