import { parseFile } from '@samenhang/formats';
import { z } from 'zod';
import type { FetchLimits, TaxiiServer } from './config.ts';
import type { CursorStore } from './cursor-store.ts';
import { failed, type Outcome } from './outcome.ts';
import type { Posted } from './post-signals.ts';
import type { TaxiiPage } from './taxii-page.ts';
import type { TaxiiClient, TaxiiCollection } from './taxii-server.ts';

export const TaxiiCursor = z.strictObject({ addedAfter: z.string().optional(), next: z.string().optional() });
/** How far a collection was read: everything added up to `addedAfter`, and if `next` is set the pages before it of what was added later. */
export type TaxiiCursor = z.infer<typeof TaxiiCursor>;

export interface TaxiiOptions {
  readonly server: TaxiiServer;
  readonly client: TaxiiClient;
  readonly cursors: CursorStore;
  /** Keeps what was dropped and rejected of the last look. */
  readonly reports: CursorStore;
  readonly limits: Pick<FetchLimits, 'objects' | 'pages'>;
  readonly post: (signals: Awaited<ReturnType<typeof parseFile>>['signals']) => Promise<Posted>;
}

/**
 * Reads what every collection got since the last look, posts it, and only then moves the cursor. Whatever breaks in between, the next look asks for the
 * same again; ingest knows the repeated signals as duplicates. One collection that fails does not stop the others.
 */
export async function collectTaxii(options: TaxiiOptions): Promise<Outcome> {
  const { server, client } = options;
  const listed = await client.collections();
  if ('kind' in listed) return listed;
  const wanted = server.collections === undefined ? listed : listed.filter(({ id }) => server.collections?.includes(id));
  const missing = server.collections?.find((id) => !listed.some((collection) => collection.id === id));
  if (missing !== undefined) return failed(`the server has no readable collection ${missing}`);
  const ends: Outcome[] = [];
  for (const collection of wanted) ends.push(await collectOne(collection, options));
  const broken = ends.find((end) => end.kind === 'failed');
  if (broken !== undefined) return broken;
  return ends.reduce<Outcome>(
    (sum, end) =>
      sum.kind === 'done' && end.kind === 'done'
        ? {
            kind: 'done',
            posted: sum.posted + end.posted,
            refused: sum.refused + end.refused,
            more: sum.more === true || end.more === true,
          }
        : sum,
    { kind: 'done', posted: 0, refused: 0 },
  );
}

interface Gathered {
  readonly objects: readonly unknown[];
  readonly cursor: TaxiiCursor;
  readonly more: boolean;
}

async function collectOne(collection: TaxiiCollection, options: TaxiiOptions): Promise<Outcome> {
  const { server, cursors, post } = options;
  const name = `taxii ${server.name} ${collection.url}`;
  const cursor = (await cursors.find(name, TaxiiCursor)) ?? {};
  const gathered = await gather(collection, cursor, options);
  if ('kind' in gathered) {
    // A server may forget where a paged answer was: start again from the last whole look.
    if (cursor.next !== undefined && gathered.kind === 'failed' && /answered (400|404|410|422)/.test(gathered.reason))
      await cursors.save(name, { addedAfter: cursor.addedAfter });
    return gathered;
  }
  let posted = 0;
  let refused = 0;
  if (gathered.objects.length > 0) {
    const bundle = new TextEncoder().encode(JSON.stringify({ type: 'bundle', objects: gathered.objects }));
    const parsed = await parseFile(bundle, `${server.name}.json`, {
      source: server.name,
      sourceType: 'ras',
      ...(server.marking === undefined ? {} : { marking: server.marking }),
    });
    const result = await post(parsed.signals);
    await options.reports.save(name, { ...parsed, signals: parsed.signals.length, ...result });
    posted = parsed.signals.length;
    refused = result.rejected.length + (parsed.refused === null ? 0 : 1);
  }
  await cursors.save(name, gathered.cursor);
  return { kind: 'done', posted, refused, more: gathered.more };
}

/** Pages until there are no more or a limit is reached; a server that gives the same page for ever is found out. */
async function gather(
  collection: TaxiiCollection,
  start: TaxiiCursor,
  { client, limits, server }: TaxiiOptions,
): Promise<Gathered | Outcome> {
  const objects: unknown[] = [];
  const seen = new Set<string>();
  let { next } = start;
  let lastAdded: string | undefined;
  for (let pages = 0; ; pages += 1) {
    const page = await client.page(collection, { addedAfter: start.addedAfter, next, limit: server.pageSize });
    if ('kind' in page) return page;
    objects.push(...page.objects);
    lastAdded = later(lastAdded, page.lastAdded);
    if (!page.more) return { objects, cursor: { addedAfter: later(start.addedAfter, lastAdded) }, more: false };
    const problem = whyNoNext(page, seen);
    if (problem !== undefined) return failed(problem);
    next = page.next;
    seen.add(next ?? '');
    if (pages + 1 >= limits.pages || objects.length >= limits.objects)
      return { objects, cursor: { addedAfter: start.addedAfter, next }, more: true };
  }
}

function whyNoNext(page: TaxiiPage, seen: ReadonlySet<string>): string | undefined {
  if (page.next === undefined || page.next === '') return 'the server says that there is more, but not where';
  if (page.objects.length === 0) return 'the server says that there is more, but gives none of it';
  return seen.has(page.next) ? 'the server leads in a circle: the same next page came twice' : undefined;
}

/** Timestamps in UTC compare as text once they are equally long. */
function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const fine = (text: string): string =>
    text
      .replace('Z', '')
      .padEnd(30, text.includes('.') ? '0' : ' ')
      .replace(/^([^.]*?) +$/, '$1.000000000');
  return fine(b) > fine(a) ? b : a;
}
