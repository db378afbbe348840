import { Readable } from 'node:stream';
import { PostedSignal } from '@samenhang/domain';
import { type HttpApp, type Limits, ProblemDocument, ServiceError, type StageCounters } from '@samenhang/runtime';
import { z } from 'zod';
import { acceptItems, type ItemOutcome, type ItemResult, resultOf } from './accept-items.ts';
import type { Acceptor } from './acceptor.ts';
import { type Item, type ItemRules, parseItem, parseJson, parseLine, parseMember } from './parse-item.ts';
import { readLines } from './read-lines.ts';

export interface IngestDeps {
  readonly acceptor: Acceptor;
  readonly counters: StageCounters;
  readonly limits: Limits;
  /** Signals that wait for the pipeline now. */
  readonly backlog: { current(): number };
}

/** So many items are made durable together. */
const perBatch = 500;

const ItemResultSchema = z.object({
  index: z.int(),
  status: z.enum(['accepted', 'duplicate', 'rejected']),
  id: z.string().nullable(),
  problem: ProblemDocument.optional(),
});
const ListAnswer = z.object({ accepted: z.int(), duplicate: z.int(), rejected: z.int(), results: z.array(ItemResultSchema) });
type ListAnswer = z.infer<typeof ListAnswer>;
const SingleAnswer = z.object({ id: z.string(), status: z.enum(['accepted', 'duplicate']) });
type SingleAnswer = z.infer<typeof SingleAnswer>;

const schema = {
  summary: 'Post signals: one JSON object, a JSON array, or NDJSON',
  body: z.union([PostedSignal, z.array(PostedSignal)]),
  response: { 200: SingleAnswer, 202: z.union([SingleAnswer, ListAnswer]) },
};

/** `POST /v1/signals`, the only way in: answered once everything that it says was accepted is durable. */
export function registerIngestRoutes(app: HttpApp, deps: IngestDeps): void {
  app.register(async (scope: HttpApp) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: deps.limits.jsonBytes }, (_request, body, done) =>
      done(null, body),
    );
    scope.addContentTypeParser(['application/x-ndjson', 'application/ndjson'], (_request, payload, done) => done(null, payload));
    scope.addHook('onRequest', async (request) => {
      refuseEncoding(request.headers['content-encoding']);
      refuseWhenBehind(deps);
    });
    scope.post(
      '/v1/signals',
      { config: { roles: ['adapter'] }, schema, validatorCompiler: () => (value) => ({ value }), serializerCompiler: () => JSON.stringify },
      async (request, reply) => {
        const rules: ItemRules = { limits: deps.limits, sources: request.principal?.sources ?? [] };
        const trace = request.traced?.headers ?? {};
        const body: unknown = request.body;
        if (body instanceof Readable) return reply.code(202).send(await acceptStream(body, rules, deps, trace));
        const { status, answer } = await acceptJson(body, rules, deps, trace);
        return reply.code(status).send(answer);
      },
    );
  });
}

function refuseEncoding(encoding: string | undefined): void {
  if (encoding !== undefined && encoding !== 'identity')
    throw new ServiceError('media-type-unsupported', 'Compressed bodies are not taken; send it plain.');
}

function refuseWhenBehind({ backlog, limits }: IngestDeps): void {
  const waiting = backlog.current();
  if (waiting <= limits.backlog) return;
  throw new ServiceError('pipeline-behind', `${waiting} signals wait for the pipeline, more than the ${limits.backlog} that may.`, {
    retryAfterSeconds: 2,
  });
}

type Trace = Readonly<Record<string, string>>;

async function acceptJson(
  body: unknown,
  rules: ItemRules,
  deps: IngestDeps,
  trace: Trace,
): Promise<{ readonly status: 200 | 202; readonly answer: SingleAnswer | ListAnswer }> {
  if (!Buffer.isBuffer(body) || body.length === 0)
    throw new ServiceError('body-unreadable', 'The body is empty where a signal was expected.');
  const parsed = parseJson(body);
  if (parsed === undefined) throw new ServiceError('body-unreadable', 'The body is not well-formed JSON in UTF-8.');
  const mayBeLarge = body.length > deps.limits.itemBytes;
  if (!Array.isArray(parsed.value))
    return acceptOne(mayBeLarge ? parseMember(parsed.value, rules, true) : parseItem(parsed.value, rules), deps, trace);
  const list: readonly unknown[] = parsed.value;
  refuseTooMany(list.length, deps.limits);
  const results: ItemResult[] = [];
  for (let from = 0; from < list.length; from += perBatch) {
    const items = list.slice(from, from + perBatch).map((value) => parseMember(value, rules, mayBeLarge));
    await addResults(results, items, deps, trace);
  }
  return { status: 202, answer: listAnswer(results) };
}

async function acceptOne(
  item: Item,
  deps: IngestDeps,
  trace: Trace,
): Promise<{ readonly status: 200 | 202; readonly answer: SingleAnswer }> {
  const [outcome] = await acceptItems([item], { ...deps, trace });
  if (outcome === undefined) throw new RangeError('no outcome for the only item');
  if (outcome.status !== 'rejected')
    return { status: outcome.status === 'accepted' ? 202 : 200, answer: { id: outcome.id, status: outcome.status } };
  const { code, detail, errors } = outcome.refusal;
  throw new ServiceError(code, detail, { errors });
}

async function acceptStream(body: Readable, rules: ItemRules, deps: IngestDeps, trace: Trace): Promise<ListAnswer> {
  const { limits } = deps;
  const results: ItemResult[] = [];
  let count = 0;
  let writing = Promise.resolve();
  for await (const lines of readLines(boundedChunks(body, limits.ndjsonBytes), { maxBytes: limits.itemBytes, perBatch })) {
    count += lines.length;
    refuseTooMany(count, limits);
    const items = lines.map((line) => parseLine(line, rules));
    // One batch is parsed while the one before it is written. Its failure is met at the next await, not before.
    await writing;
    writing = addResults(results, items, deps, trace);
    writing.catch(() => undefined);
  }
  await writing;
  return listAnswer(results);
}

async function* boundedChunks(body: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new ServiceError(
        'body-too-large',
        `The body is larger than ${maxBytes} bytes. What came before was taken; sending it again is harmless.`,
      );
    yield chunk;
  }
}

function refuseTooMany(count: number, { itemsPerRequest }: Limits): void {
  if (count <= itemsPerRequest) return;
  throw new ServiceError(
    'too-many-items',
    `One request may hold ${itemsPerRequest} signals. Split it; what was taken of it already does no harm when sent again.`,
  );
}

async function addResults(results: ItemResult[], items: readonly Item[], deps: IngestDeps, trace: Trace): Promise<void> {
  const outcomes: readonly ItemOutcome[] = await acceptItems(items, { ...deps, trace });
  for (const outcome of outcomes) results.push(resultOf(outcome, results.length));
}

function listAnswer(results: readonly ItemResult[]): ListAnswer {
  const count = { accepted: 0, duplicate: 0, rejected: 0 };
  for (const { status } of results) count[status]++;
  return { ...count, results: [...results] };
}
