import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseFile } from '@samenhang/formats';
import { z } from 'zod';
import type { Channel, WebFeed } from './config.ts';
import type { CursorStore } from './cursor-store.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import { failed, type Outcome, retryAfterMs } from './outcome.ts';
import type { Posted } from './post-signals.ts';

export const FeedCursor = z.strictObject({ etag: z.string().max(1_000).optional(), lastModified: z.string().max(200).optional() });
/** What the server called the version that was read last. */
export type FeedCursor = z.infer<typeof FeedCursor>;

export interface FeedOptions {
  readonly channel: Channel;
  readonly feed: WebFeed;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: GuardedFetch;
  readonly cursors: CursorStore;
  /** Keeps what was dropped and rejected of the last look. */
  readonly reports: CursorStore;
  readonly directory: string;
  readonly nowMs: () => number;
  readonly post: (signals: Awaited<ReturnType<typeof parseFile>>['signals']) => Promise<Posted>;
}

/** Fetches a feed if it changed, posts its signals, and only then remembers its version. A body that cannot be read is kept in `refused/` with the reason, and not asked for again until it changes. */
export async function collectFeed(options: FeedOptions): Promise<Outcome> {
  const { feed, cursors, nowMs } = options;
  const name = `feed ${feed.name} ${feed.url}`;
  const cursor = (await cursors.find(name, FeedCursor)) ?? {};
  const conditions = {
    ...(cursor.etag === undefined ? {} : { 'if-none-match': cursor.etag }),
    ...(cursor.lastModified === undefined ? {} : { 'if-modified-since': cursor.lastModified }),
  };
  const answer = await options.fetch(feed.url, { ...options.headers, ...conditions });
  if (answer.kind !== 'answered') return failed(answer.reason);
  if (answer.status === 304) return { kind: 'done', posted: 0, refused: 0 };
  if (answer.status !== 200) return failed(`the server answered ${answer.status}`, retryAfterMs(answer.headers['retry-after'], nowMs()));
  const parsed = await parseFile(answer.bytes, fileNameOf(feed.url), {
    source: feed.name,
    sourceType: options.channel,
    ...(feed.marking === undefined ? {} : { marking: feed.marking }),
    ...(feed.mapping === undefined ? {} : { mapping: feed.mapping }),
  });
  if (parsed.refused !== null) await keepRefused(options, answer.bytes, parsed.refused);
  const result = await options.post(parsed.signals);
  await options.reports.save(name, { ...parsed, signals: parsed.signals.length, ...result });
  await cursors.save(name, versionOf(answer.headers));
  return { kind: 'done', posted: parsed.signals.length, refused: result.rejected.length + (parsed.refused === null ? 0 : 1) };
}

const versionOf = (headers: Readonly<Record<string, string>>): FeedCursor => ({
  ...(headers.etag === undefined || headers.etag.length > 1_000 ? {} : { etag: headers.etag }),
  ...(headers['last-modified'] === undefined || headers['last-modified'].length > 200 ? {} : { lastModified: headers['last-modified'] }),
});

const fileNameOf = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? '';

async function keepRefused(
  { directory, feed }: FeedOptions,
  bytes: Uint8Array,
  reason: { readonly at: string; readonly reason: string },
): Promise<void> {
  const folder = join(directory, 'refused');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, feed.name), bytes);
  await writeFile(join(folder, `${feed.name}.reason.json`), `${JSON.stringify(reason)}\n`);
}
