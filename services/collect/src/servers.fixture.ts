import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { taxiiType } from './taxii-server.ts';

export interface TestServer extends AsyncDisposable {
  readonly url: string;
}

/** A real HTTP server on a free port of the loopback. */
export async function startServer(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<TestServer> {
  const server = createServer(handle);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export interface IngestServer extends TestServer {
  /** How often each signal was accepted as new: 1 for every signal that arrived. */
  readonly accepted: Map<string, number>;
  requests: number;
  /** Answers with this status instead, as often as the function says so. */
  refuse: () => number | undefined;
}

/** Takes signals as ingest does: the first of an id is accepted, the same again is a duplicate. */
export async function startIngest(): Promise<IngestServer> {
  const accepted = new Map<string, number>();
  const server = await startServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    ingest.requests += 1;
    const status = ingest.refuse();
    if (status !== undefined) {
      response
        .writeHead(status, { 'content-type': 'application/problem+json' })
        .end(JSON.stringify({ type: 'about:blank', title: 'no', status, detail: 'not now', instance: '/' }));
      return;
    }
    const results = Buffer.concat(chunks)
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line, index) => {
        const { source, externalId } = JSON.parse(line) as { source: string; externalId: string };
        const id = `${source} ${externalId}`;
        const known = accepted.has(id);
        if (!known) accepted.set(id, 1);
        return { index, status: known ? 'duplicate' : 'accepted', id };
      });
    response
      .writeHead(202, { 'content-type': 'application/json' })
      .end(JSON.stringify({ accepted: 0, duplicate: 0, rejected: 0, results }));
  });
  const ingest: IngestServer = {
    ...server,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    accepted,
    requests: 0,
    refuse: () => undefined,
  };
  return ingest;
}

/** How a TAXII server of the tests misbehaves on the next pages. */
export type Mischief = 'none' | '401' | '429' | '500' | 'truncated' | 'wrong-type' | 'circle' | 'endless' | 'empty-more' | 'deep' | 'slow';

export interface TaxiiServerFixture extends TestServer {
  /** Objects with when they were added, in order. */
  readonly added: { readonly at: string; readonly object: { readonly id: string } }[];
  mischief: () => Mischief;
  readonly asked: string[];
}

/** A TAXII 2.1 server over real HTTP: discovery, one API root, one collection, paging by `limit` and `next`, `added_after`. */
export async function startTaxii(): Promise<TaxiiServerFixture> {
  const added: TaxiiServerFixture['added'] = [];
  const asked: string[] = [];
  const server = await startServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    asked.push(url.pathname + url.search);
    const send = (value: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(200, { 'content-type': taxiiType, ...headers }).end(JSON.stringify(value));
    if (request.headers.authorization !== `Basic ${Buffer.from('me:secret').toString('base64')}`)
      return response.writeHead(401, { 'content-type': taxiiType }).end('{"title":"no"}');
    if (url.pathname === '/taxii2/') return send({ title: 'test', api_roots: [`${taxii.url}/root/`] });
    if (url.pathname === '/root/collections/')
      return send({
        collections: [
          { id: 'c1', title: 'c', can_read: true },
          { id: 'c2', title: 'hidden', can_read: false },
        ],
      });
    if (url.pathname !== '/root/collections/c1/objects/')
      return response.writeHead(404, { 'content-type': taxiiType }).end('{"title":"no"}');
    const trick = taxii.mischief();
    if (trick === '401' || trick === '429' || trick === '500')
      return response
        .writeHead(Number(trick), { 'content-type': taxiiType, ...(trick === '429' ? { 'retry-after': '7' } : {}) })
        .end('{"title":"no"}');
    if (trick === 'wrong-type') return response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    if (trick === 'slow') return undefined;
    if (trick === 'deep') return response.writeHead(200, { 'content-type': taxiiType }).end(`{"objects":${'['.repeat(50_000)}`);
    if (trick === 'endless') {
      response.writeHead(200, { 'content-type': taxiiType });
      // A turn of the event loop between two pieces lets the server notice that the other side is gone.
      const pour = (): void => void (response.destroyed ? undefined : response.write(' '.repeat(65_536), () => setImmediate(pour)));
      return pour();
    }
    if (trick === 'empty-more') return send({ more: true, next: 'x', objects: [] });
    const after = url.searchParams.get('added_after') ?? '';
    const start = Number(url.searchParams.get('next') ?? 0);
    const fitting = added.filter(({ at }) => at > after);
    const page = fitting.slice(start, start + Math.min(3, Number(url.searchParams.get('limit') ?? 3)));
    const more = trick === 'circle' || start + page.length < fitting.length;
    const body = JSON.stringify({
      more,
      ...(more ? { next: trick === 'circle' ? '0' : String(start + page.length) } : {}),
      objects: page.map(({ object }) => object),
    });
    const headers = { 'content-type': taxiiType, ...(page.length === 0 ? {} : { 'x-taxii-date-added-last': page.at(-1)?.at ?? '' }) };
    if (trick === 'truncated') {
      response.writeHead(200, { ...headers, 'content-length': String(body.length) });
      response.write(body.slice(0, body.length / 2), () => response.destroy());
      return undefined;
    }
    return response.writeHead(200, headers).end(body);
  });
  const taxii: TaxiiServerFixture = {
    ...server,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    added,
    asked,
    mischief: () => 'none',
  };
  return taxii;
}

/** An indicator that makes a signal of its own. */
export const anIndicator = (number: number) => {
  const suffix = number.toString(16).padStart(12, '0');
  const created = '2026-03-01T00:00:00.000Z';
  return {
    type: 'indicator',
    spec_version: '2.1',
    id: `indicator--00000000-0000-4000-8000-${suffix}`,
    created,
    modified: created,
    valid_from: created,
    pattern_type: 'stix',
    pattern: `[mutex:name = 'm${number}']`,
  };
};

/** When object number `number` was added. */
export const addedAt = (number: number): string => `2026-03-02T00:00:00.${String(number).padStart(6, '0')}Z`;
