// What every service stands on: configuration, errors, logging, telemetry, steps, the life of a process and the HTTP app.
export { describeError, ErrorDetail, isProgrammingError, ProblemDocument, problemOf, ServiceError, toProblem } from './errors.ts';
export { createLogger, type Logger, type LogLevel, logLevels } from './logger.ts';
export { type Counter, createMetrics, type Labels, type Metrics } from './metrics.ts';
export { type Problem, type ProblemCode, problems, problemType } from './problems.ts';
export { createReadiness, type Readiness } from './readiness.ts';
export { RejectedMessage, RejectedSettled } from './rejected-message.ts';
export { createBatchHandler, type RunStepOptions, runStep } from './run-step.ts';
export { bump, createStageCounters, emptyTally, type StageCounters, type StageCounts, type Tally } from './stage-counters.ts';
export { type BatchEnd, drop, kept, type Outcome, type Outgoing, reject, type Step, send } from './step.ts';
export { carriedTrace, createTracer, startTelemetry, type TracedWork, type Tracer, withTrace } from './telemetry.ts';
