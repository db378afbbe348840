// The client for adapters and operators: posts signals with batching and retries, reads incidents. `main.ts` is the same on the command line.
export { type Answer, type Client, type ClientSettings, createClient } from './create-client.ts';
export { draftOfRecord } from './labelled-record.ts';
export type { PostResult, PostSettings } from './post-lines.ts';
export { ProblemError, type ProblemReport } from './problem-error.ts';
export type { RetrySettings } from './retry.ts';
