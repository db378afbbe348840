// Fetches and reads what a channel really delivers and posts it to ingest; one process per channel. `main.ts` runs it.
export { type Channel, CollectConfig, channels } from './config.ts';
