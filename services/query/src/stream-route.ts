import type { ServerResponse } from 'node:http';
import { ServiceError } from '@samenhang/runtime';
import { z } from 'zod';
import { audienceOf } from './audience-of.ts';
import { createChangeFeed, type PlacedChange } from './change-feed.ts';
import type { RegisterRoutes } from './query-deps.ts';
import { readers } from './readers.ts';

/** More streams than this in one process are refused, so that followers cannot starve readers. */
const mostStreams = 500;
/** A client that leaves more than this unread, in bytes, is cut off; it resumes where it was by Last-Event-ID. */
const mostUnread = 1_048_576;
const beatMs = 15_000;

const idPattern = /^\d{1,15}$/;

/** `GET /v1/stream`: the changes of an audience's incidents as server-sent events, resumable by Last-Event-ID. */
export const registerStreamRoute: RegisterRoutes = (app, deps) => {
  const feed = createChangeFeed(deps.log);
  const open = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const stream of open) stream.abort();
  });
  app.get(
    '/v1/stream',
    {
      config: { ...readers, streams: true },
      schema: {
        summary: 'Changes of incidents as they happen: opened, joined, left, merged, split, closed, updated (server-sent events)',
        description: 'Resume with Last-Event-ID (or after=ID). Without it the stream starts with the next change.',
        tags: ['incidents'],
        querystring: z.strictObject({
          after: z.string().regex(idPattern).optional().describe('Like Last-Event-ID, for clients that set no headers.'),
        }),
        response: { 200: { description: 'Events until either side ends it', content: { 'text/event-stream': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const audience = audienceOf(request);
      const partition = deps.audiences.findIndex(({ id }) => id === audience);
      const after = startAfter(request.headers['last-event-id'], request.query.after);
      if (open.size >= mostStreams) throw new ServiceError('pipeline-behind', 'Too many streams are open here.', { retryAfterSeconds: 5 });
      const from = after === undefined ? await feed.end(partition) : after + 1;
      reply.hijack();
      const stream = new AbortController();
      open.add(stream);
      reply.raw.on('close', () => stream.abort());
      try {
        await sendAll(reply.raw, feed.follow(partition, from, stream.signal), stream);
      } finally {
        open.delete(stream);
      }
    },
  );
};

function startAfter(header: string | string[] | undefined, query: string | undefined): number | undefined {
  const given = query ?? (typeof header === 'string' && header !== '' ? header : undefined);
  if (given === undefined) return undefined;
  if (!idPattern.test(given)) throw new ServiceError('cursor-invalid', 'Last-Event-ID is not an id of this stream.');
  return Number(given);
}

async function sendAll(raw: ServerResponse, changes: AsyncIterable<readonly PlacedChange[]>, stream: AbortController): Promise<void> {
  raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  raw.write('retry: 2000\n\n');
  const beat = setInterval(() => raw.write(':\n\n'), beatMs);
  try {
    for await (const batch of changes) {
      for (const placed of batch) raw.write(eventOf(placed));
      if (raw.writableLength > mostUnread) stream.abort();
    }
  } finally {
    clearInterval(beat);
    raw.end();
  }
}

/** What one change tells: which incident, what happened to it, and how it stands now. */
function eventOf({ offset, change: { id, summary, joined, left, lineage } }: PlacedChange): string {
  const causes = [...new Set(lineage.map(({ cause }) => cause))];
  const told = {
    id,
    causes: causes.length === 0 ? ['updated'] : causes,
    joined,
    left,
    incidents: [...new Set(lineage.flatMap(({ incidents }) => incidents))],
    incident: summary,
  };
  return `id: ${offset}\nevent: ${summary === null ? 'ended' : 'changed'}\ndata: ${JSON.stringify(told)}\n\n`;
}
