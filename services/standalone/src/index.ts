// Every service in one process: `main.ts` runs it; the generated documents are made from its app.
export { createApp } from './create-app.ts';
export type { Outside, Pipeline, PipelineParts } from './start-pipeline.ts';
