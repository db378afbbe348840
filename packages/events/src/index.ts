// What travels between services: the topics and the messages on them.
export { isCorrelationInput, isExportRecorded, isIncidentChanged, isJudgementReceived, isSignalReceived } from './guards.ts';
export type { CorrelationInputMessage, ExportRecorded, IncidentChanged, JudgementReceived, SignalReceived } from './messages.ts';
export { rejectedTopic, type Topic, topicSettings, topics } from './topics.ts';
