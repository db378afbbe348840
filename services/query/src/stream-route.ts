import { ServiceError } from '@samenhang/runtime';
import { z } from 'zod';
import { audienceOf } from './audience-of.ts';
import { createChangeFeed, type PlacedChange } from './change-feed.ts';
import type { RegisterRoutes } from './query-deps.ts';
import { readers } from './readers.ts';
import { sendEvents } from './send-events.ts';

/** More streams than this of one principal are refused, so that nobody can starve the others, nor learn how many streams they have open. */
const mostStreams = 50;
/** How long a client may leave what it was sent unread. */
const patienceMs = 30_000;
const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

const idPattern = /^\d{1,15}$/;

/** `GET /v1/stream`: the changes of an audience's incidents as server-sent events, resumable by Last-Event-ID. */
export const registerStreamRoute: RegisterRoutes = (app, deps) => {
  const feed = createChangeFeed(deps.log);
  const open = new Map<AbortController, string>();
  app.addHook('preClose', async () => {
    for (const stream of open.keys()) stream.abort();
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
      const who = request.principal?.keyId ?? '';
      if ([...open.values()].filter((each) => each === who).length >= mostStreams)
        throw new ServiceError('too-many-requests', `More than ${mostStreams} streams of this key are open.`, { retryAfterSeconds: 5 });
      const from = after === undefined ? await feed.end(partition) : after + 1;
      reply.hijack();
      const stream = new AbortController();
      open.set(stream, who);
      reply.raw.on('close', () => stream.abort());
      try {
        reply.raw.writeHead(200, headers);
        await sendEvents(reply.raw, eventsOf(feed.follow(partition, from, stream.signal)), { signal: stream.signal, patienceMs });
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

async function* eventsOf(changes: AsyncIterable<readonly PlacedChange[]>): AsyncGenerator<readonly string[]> {
  yield ['retry: 2000\n\n'];
  for await (const batch of changes) yield batch.map(eventOf);
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
