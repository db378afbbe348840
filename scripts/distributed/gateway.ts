import { createHash } from 'node:crypto';
import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mergeMetrics } from './merge-metrics.ts';
import { mergeOpenApi, operationsOf } from './merge-openapi.ts';
import { withCounts } from './merge-pipeline.ts';
import type { Upstream, Upstreams } from './upstreams.ts';

/** The one port of a distributed run: it passes every request on to a process that serves it, as a stream, and answers for the whole what is about the whole. */
export interface Gateway {
  /** Answers for these processes from now on; before, every answer is that the service is starting. */
  serve(upstreams: Upstreams): Promise<void>;
  close(): Promise<void>;
}

export interface GatewaySettings {
  readonly host: string;
  readonly port: number;
  /** Largest bodies, in bytes, by what they are: what is announced to be larger is refused here, before a process has to cut it off. */
  readonly limits: { readonly jsonBytes: number; readonly ndjsonBytes: number };
}

const problem = (response: ServerResponse, status: number, code: string, title: string, detail: string): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/problem+json', ...(status === 503 ? { 'retry-after': '1' } : {}) });
  response.end(JSON.stringify({ type: `https://samenhang.example/problems/${code}`, title, status, detail, instance: '' }));
};

const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
};

async function textOf({ port }: Upstream, path: string, authorization = ''): Promise<string> {
  const headers = authorization === '' ? {} : { authorization };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers, signal: AbortSignal.timeout(20_000) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.text();
}

/** The first of the services that answers, in an order that keeps one key at one process: what one adapter posts twice is decided by one process. */
function ordered(candidates: readonly Upstream[], request: IncomingMessage, turn: number): readonly Upstream[] {
  if (candidates.length < 2) return candidates;
  const sticky =
    request.method === 'GET'
      ? turn
      : createHash('sha256')
          .update(request.headers.authorization ?? '')
          .digest()
          .readUInt32BE(0);
  const first = sticky % candidates.length;
  return [...candidates.slice(first), ...candidates.slice(0, first)];
}

/** Passes a request on. While nothing of it was read by a process, the next one is tried; after that a broken connection is told as 503. */
function passOn(request: IncomingMessage, response: ServerResponse, candidates: readonly Upstream[]): void {
  const [upstream, ...others] = candidates;
  if (upstream === undefined) {
    problem(response, 503, 'stopping', 'The service is stopping', 'No process can serve this now. Send it again.');
    return;
  }
  const forward = ask({
    host: '127.0.0.1',
    port: upstream.port,
    method: request.method,
    path: request.url,
    headers: request.headers,
    setHost: false,
  });
  let connected = false;
  forward.once('socket', (socket) => {
    if (socket.connecting) socket.once('connect', () => start());
    else start();
  });
  const start = (): void => {
    connected = true;
    request.pipe(forward);
  };
  forward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.once('error', () => response.destroy());
  });
  forward.once('error', (error) => {
    if (!connected) passOn(request, response, others);
    else
      problem(
        response,
        503,
        'stopping',
        'The service is stopping',
        `The process that served this ended (${error.message}). Send it again.`,
      );
  });
  response.once('close', () => forward.destroy());
}

/** Refuses a body by its announced length; what comes of it is read and thrown away for a while, so that the answer is heard. */
function refuseBody(request: IncomingMessage, response: ServerResponse, most: number): void {
  response.setHeader('connection', 'close');
  problem(response, 413, 'body-too-large', 'The body is too large', `The body is larger than ${most} bytes.`);
  request.resume();
  setTimeout(() => request.destroy(), 10_000).unref();
}

/** Templates such as `/v1/signals/{id}` as a test of real paths. */
function matcherOf(operations: readonly string[]): (method: string, path: string) => boolean {
  const patterns = operations.map((operation) => {
    const [method, path = ''] = operation.split(' ');
    const parts = path.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return { method, pattern: new RegExp(`^${parts.join('[^/]+')}$`) };
  });
  return (method, path) => patterns.some((known) => known.method === method && known.pattern.test(path));
}

const ofTheWhole = new Set(['/live', '/ready', '/metrics', '/openapi.json']);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Learns which operations ingest serves; everything else is query's. */
async function answerFor(upstreams: Upstreams, limits: GatewaySettings['limits']): Promise<Answer> {
  const documents = async (): Promise<readonly unknown[]> => {
    const asked = ['query', 'ingest'].flatMap((service) => upstreams.of(service).slice(0, 1));
    return Promise.all(asked.map(async (upstream) => JSON.parse(await textOf(upstream, '/openapi.json'))));
  };
  const [, ingest] = await documents();
  const own = operationsOf(ingest).filter((operation) => !ofTheWhole.has(operation.split(' ')[1] ?? ''));
  const isIngest = matcherOf(own);
  let turn = 0;

  /** The metrics of every process that answers; asked as whoever asks us. */
  const everyMetrics = async (authorization: string): Promise<ReadonlyMap<string, string>> =>
    new Map(
      await Promise.all(
        upstreams.all.map(async (upstream) => [upstream.name, await textOf(upstream, '/metrics', authorization).catch(() => '')] as const),
      ),
    );
  const metrics = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const texts = await everyMetrics(request.headers.authorization ?? '');
    if ([...texts.values()].every((text) => text === '')) {
      passOn(request, response, upstreams.of('query'));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(mergeMetrics(texts));
  };
  /** That something is still on its way stays a true answer for a moment; that everything has arrived does not, and is asked anew every time. */
  let unsettled = { text: '', untilMs: 0, authorization: '' };
  const pipeline = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const authorization = request.headers.authorization ?? '';
    if (unsettled.authorization === authorization && performance.now() < unsettled.untilMs) {
      json(response, 200, JSON.parse(unsettled.text));
      return;
    }
    const [query] = upstreams.of('query');
    const told = query === undefined ? undefined : await textOf(query, '/v1/pipeline', authorization).catch(() => undefined);
    if (told === undefined) {
      passOn(request, response, upstreams.of('query'));
      return;
    }
    const status = withCounts(JSON.parse(told), await everyMetrics(authorization));
    if (!status.settled) unsettled = { text: JSON.stringify(status), untilMs: performance.now() + 1_000, authorization };
    json(response, 200, status);
  };
  const ready = (_request: IncomingMessage, response: ServerResponse): void => {
    const causes = upstreams.missing();
    json(response, causes.length === 0 ? 200 : 503, { ready: causes.length === 0, causes });
  };
  const whole: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void | Promise<void>>> = {
    '/live': (_request, response) => json(response, 200, { live: true }),
    '/ready': ready,
    '/metrics': metrics,
    '/v1/pipeline': pipeline,
    '/openapi.json': async (_request, response) => json(response, 200, mergeOpenApi(await documents())),
  };

  return (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const most = /ndjson/.test(request.headers['content-type'] ?? '') ? limits.ndjsonBytes : limits.jsonBytes;
    if (Number(request.headers['content-length'] ?? 0) > most) {
      refuseBody(request, response, most);
      return;
    }
    const answer = request.method === 'GET' ? whole[path] : undefined;
    if (answer === undefined) {
      const service = isIngest(request.method ?? '', path) ? 'ingest' : 'query';
      passOn(request, response, ordered(upstreams.of(service), request, turn++));
      return;
    }
    Promise.resolve(answer(request, response)).catch((error: unknown) =>
      problem(response, 503, 'stopping', 'The service is not whole', String(error)),
    );
  };
}

const starting: Answer = (request, response) => {
  if (request.url === '/ready') json(response, 503, { ready: false, causes: ['starting'] });
  else problem(response, 503, 'starting', 'The service is starting', 'Its processes are not ready yet. Send it again.');
};

/** Listens at once: while the processes start, a port that is only chosen may be taken by one of them. */
export async function openGateway({ host, port, limits }: GatewaySettings): Promise<Gateway> {
  let answer = starting;
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 120_000, keepAliveTimeout: 30_000, connectionsCheckingInterval: 2_000 },
    (request, response) => answer(request, response),
  );
  server.on('clientError', (_error, socket) => {
    const body = JSON.stringify({
      type: 'https://samenhang.example/problems/request-invalid',
      title: 'The request is not valid',
      status: 400,
      detail: 'This is not HTTP/1.1.',
      instance: '',
    });
    if (socket.writable)
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
  });
  await listening(server, host, port);
  return {
    async serve(upstreams) {
      answer = await answerFor(upstreams, limits);
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const listening = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, done);
  });
