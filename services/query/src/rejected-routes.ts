import type { JsonValue } from '@samenhang/domain';
import { rejectedTopic, topics } from '@samenhang/events';
import type { EventLog } from '@samenhang/ports';
import { type RejectedSettled, ServiceError } from '@samenhang/runtime';
import { z } from 'zod';
import type { QueryDeps, RegisterRoutes } from './query-deps.ts';
import { operators } from './readers.ts';
import { listRejected, type Rejected } from './rejected-messages.ts';

const RejectedDocument = z.object({
  id: z.string(),
  step: z.string(),
  code: z.string(),
  detail: z.string(),
  at: z.object({ topic: z.string(), partition: z.int(), offset: z.int(), time: z.string() }),
  key: z.string(),
  state: z.enum(['waiting', 'retried', 'dropped']),
  settledBy: z.string().optional(),
  settledAt: z.string().optional(),
});
const RejectedDetail = RejectedDocument.extend({
  headers: z.record(z.string(), z.string()),
  bytes: z.string().describe('The original bytes, base64.'),
});
const Parameters = z.strictObject({
  limit: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(1_000))
    .default(100),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional()
    .describe('The "next" of the page before.'),
});
const IdParameters = z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]{0,63}\.\d{1,9}\.\d{1,18}$/) });

/** `GET /v1/rejected`, `GET /v1/rejected/{id}`, `POST /v1/rejected/{id}/retry` and `/drop`: for operators; every decision is kept beside the message. */
export const registerRejectedRoutes: RegisterRoutes = (app, deps) => {
  app.get(
    '/v1/rejected',
    {
      config: operators,
      schema: {
        summary: 'Messages that a step could not handle, newest first',
        tags: ['operation'],
        querystring: Parameters,
        response: { 200: z.object({ items: z.array(RejectedDocument), next: z.string().nullable() }) },
      },
    },
    async ({ query: { limit, cursor = 0 } }) => {
      const all = await listRejected(deps.log);
      return { items: all.slice(cursor, cursor + limit).map(lineOf), next: cursor + limit < all.length ? String(cursor + limit) : null };
    },
  );
  app.get(
    '/v1/rejected/:id',
    {
      config: { ...operators, audit: 'read' },
      schema: {
        summary: 'One rejected message with its original bytes and headers',
        tags: ['operation'],
        params: IdParameters,
        response: { 200: RejectedDetail },
      },
    },
    async ({ params }) => detailOf(await getRejected(deps.log, params.id)),
  );
  for (const how of ['retried', 'dropped'] as const) {
    app.post(
      `/v1/rejected/:id/${how === 'retried' ? 'retry' : 'drop'}`,
      {
        config: { ...operators, audit: how === 'retried' ? 'retry' : 'drop' },
        schema: {
          summary: how === 'retried' ? 'Send the message to its step again' : 'Leave the message for good',
          tags: ['operation'],
          params: IdParameters,
          response: { 200: RejectedDetail },
        },
      },
      async (request) => detailOf(await settle(deps, request.params.id, how, request.principal?.name ?? 'operator')),
    );
  }
};

async function getRejected(log: EventLog, id: string): Promise<Rejected> {
  const rejected = (await listRejected(log)).find(({ message }) => message.id === id);
  if (rejected === undefined) throw new ServiceError('not-found', 'There is no rejected message with this id.');
  return rejected;
}

/** Doing what was done before changes nothing; the message is sent before the decision is kept, so that a crash between them can only repeat it. */
async function settle({ log, now }: QueryDeps, id: string, how: RejectedSettled['how'], by: string): Promise<Rejected> {
  const { message, settled } = await getRejected(log, id);
  if (settled?.how === how) return { message, settled };
  if (settled !== undefined) throw new ServiceError('rejected-not-retryable', `This message was ${settled.how} at ${settled.at}.`);
  const { topic, partition, timestampMs } = message.at;
  if (how === 'retried') {
    const record = { key: message.key, value: originalValue(message.bytes), headers: { ...message.headers, 'samenhang-retry-of': id } };
    // What only a webhook did not take everybody else has taken: they may not get it as new.
    const toWebhooks = { ...record, headers: { 'samenhang-taken-at': String(timestampMs), ...record.headers } };
    if (message.step.startsWith('notify-')) await log.append(topics.notificationsRetried.name, [toWebhooks]);
    else await log.append(topic, [{ ...record, partition }]);
  }
  const decision: RejectedSettled = { kind: 'settled', id, how, by, at: new Date(now()).toISOString() };
  await log.append(rejectedTopic(topic), [{ key: id, value: decision }]);
  return { message, settled: decision };
}

function originalValue(bytes: string): JsonValue {
  const parsed = z.json().safeParse(jsonOf(Buffer.from(bytes, 'base64').toString('utf8')));
  if (!parsed.success)
    throw new ServiceError('rejected-not-retryable', 'The original bytes are not JSON: drop it, or let its source send it again.');
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lineOf({ message, settled }: Rejected): z.infer<typeof RejectedDocument> {
  const { id, step, code, detail, key, at } = message;
  const place = { topic: at.topic, partition: at.partition, offset: at.offset, time: new Date(at.timestampMs).toISOString() };
  return {
    id,
    step,
    code,
    detail,
    at: place,
    key,
    state: settled?.how ?? 'waiting',
    ...(settled === undefined ? {} : { settledBy: settled.by, settledAt: settled.at }),
  };
}

const detailOf = (rejected: Rejected): z.infer<typeof RejectedDetail> => ({
  ...lineOf(rejected),
  headers: rejected.message.headers,
  bytes: rejected.message.bytes,
});
