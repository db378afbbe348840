import { gzipSync } from 'node:zlib';
import {
  createHttpApp,
  createKeyRing,
  createLogger,
  createMetrics,
  createReadiness,
  createStageCounters,
  type HttpApp,
  Limits,
  type StageCounters,
} from '@samenhang/runtime';
import { beforeEach, describe, expect, test } from 'vitest';
import { openAcceptor } from './acceptor.ts';
import { createMemoryIdentities, createMemoryLog, type MemoryLog } from './memory-ports.fixture.ts';
import { registerIngestRoutes } from './signal-routes.ts';

const nowMs = (): number => Date.UTC(2026, 5, 1);
const good = {
  source: 'post-1',
  externalId: 'a',
  sourceType: 'embassy',
  title: 'A report',
  observedAt: '2026-01-02T03:04:05Z',
  marking: { tlp: 'green' },
};
const json = { 'content-type': 'application/json' };
const ndjson = { 'content-type': 'application/x-ndjson' };

describe('POST /v1/signals', () => {
  let app: HttpApp;
  let log: MemoryLog;
  let counters: StageCounters;
  let waiting: number;
  let [wide, narrow, analyst] = ['', '', ''];

  beforeEach(async () => {
    const keys = createKeyRing([], nowMs);
    wide = keys.create({ name: 'w', role: 'adapter', audiences: [], sources: 'all' }).key;
    narrow = keys.create({ name: 'n', role: 'adapter', audiences: [], sources: ['post-2'] }).key;
    analyst = keys.create({ name: 'a', role: 'analyst', audiences: 'all', sources: [] }).key;
    log = createMemoryLog();
    counters = createStageCounters('ingest');
    waiting = 0;
    const limits = Limits.parse({ itemBytes: 4_096, jsonBytes: 65_536, ndjsonBytes: 262_144, itemsPerRequest: 1_500, backlog: 10 });
    const logger = createLogger('test', 'silent');
    app = await createHttpApp({
      name: 'ingest',
      logger,
      keys,
      audiences: [],
      readiness: createReadiness(),
      metrics: createMetrics(),
      limits,
    });
    const acceptor = await openAcceptor({ log, identities: createMemoryIdentities(), nowMs });
    registerIngestRoutes(app, { acceptor, counters, limits, backlog: { current: () => waiting } });
  });

  const post = (payload: string | Buffer, headers: Record<string, string> = json, key = wide) =>
    app.inject({ method: 'POST', url: '/v1/signals', payload, headers: { authorization: `Bearer ${key}`, ...headers } });

  test('answers 202 for a new signal, 200 for the same again, 409 for another content with both hashes', async () => {
    const first = await post(JSON.stringify(good));
    const again = await post(JSON.stringify(good));
    const other = await post(JSON.stringify({ ...good, title: 'Another' }));

    expect([first.statusCode, again.statusCode, other.statusCode]).toEqual([202, 200, 409]);
    expect(first.json()).toEqual({ id: again.json().id, status: 'accepted' });
    expect(other.json().detail.match(/[0-9a-f]{64}/g)).toHaveLength(2);
  });

  test.each<[string, string | Buffer, Record<string, string>, number]>([
    ['an empty body', '', json, 400],
    ['cut JSON', '{"source": "x"', json, 400],
    ['null', 'null', json, 422],
    ['a number', '42', json, 422],
    ['no fields', '{}', json, 422],
    ['__proto__', `${JSON.stringify(good).slice(0, -1)},"__proto__":{"tlp":"red"}}`, json, 422],
    ['constructor', `${JSON.stringify(good).slice(0, -1)},"constructor":{"prototype":{}}}`, json, 422],
    ['half a surrogate pair', JSON.stringify(good).replace('A report', 'A \\ud800 report'), json, 422],
    ['what is not UTF-8', Buffer.concat([Buffer.from('{"source":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]), json, 400],
    ['a deep raw part', `${JSON.stringify(good).slice(0, -1)},"raw":${'['.repeat(900)}${']'.repeat(900)}}`, json, 422],
    ['a signal that is too large', JSON.stringify({ ...good, raw: 'x'.repeat(5_000) }), json, 413],
    ['a body that is too large', ' '.repeat(100_000), json, 413],
    ['an NDJSON body that is too large', `${JSON.stringify({ ...good, raw: 'x'.repeat(2_000) })}\n`.repeat(200), ndjson, 413],
    ['too many lines', Array.from({ length: 1_501 }, (_, i) => `{"externalId":${i}}`).join('\n'), ndjson, 413],
    ['another content type', JSON.stringify(good), { 'content-type': 'text/html' }, 415],
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a compressed body', gzipSync(Buffer.alloc(1_000)), { ...json, 'content-encoding': 'gzip' }, 415],
  ])('refuses %s', async (_what, body, headers, status) => {
    const answer = await post(body, headers);

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(typeof answer.json().detail).toBe('string');
    if (status === 422) expect(answer.json().errors[0].pointer).toEqual(expect.any(String));
  });

  test('does not let bad lines take good ones with them, and numbers every result', async () => {
    const lines = [
      good,
      { ...good, externalId: 'm2', marking: { tlp: 'x' } },
      'not JSON',
      'x'.repeat(9_000),
      good,
      { ...good, title: 'Another' },
    ];

    const answer = await post(`${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`, ndjson);

    const { results, ...counts } = answer.json();
    expect(counts).toEqual({ accepted: 1, duplicate: 1, rejected: 4 });
    expect(results.map(({ status }: { status: string }) => status)).toEqual([
      'accepted',
      'rejected',
      'rejected',
      'rejected',
      'duplicate',
      'rejected',
    ]);
    expect(results.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(results.map(({ problem }: { problem?: { status: number } }) => problem?.status)).toEqual([
      undefined,
      422,
      400,
      413,
      undefined,
      409,
    ]);
  });

  test('answers 503 when the log fails in the middle of a stream, and takes the rest when it is sent again', async () => {
    const lines = Array.from({ length: 1_200 }, (_, i) => JSON.stringify({ ...good, externalId: `${i}` }));
    log.failing = 'after';

    const failed = await post(lines.join('\n'), ndjson);
    log.failing = 'no';
    const again = await post(lines.join('\n'), ndjson);

    expect(failed.statusCode).toBe(503);
    expect(again.json().results.map(({ index }: { index: number }) => index)).toEqual(lines.map((_, index) => index));
    expect(again.json()).toMatchObject({ accepted: 700, duplicate: 500, rejected: 0 });
    expect(log.records).toHaveLength(1_200);
  });

  test('takes a JSON array like NDJSON', async () => {
    const answer = await post(JSON.stringify([good, 7, { ...good, externalId: 'b' }]));

    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ accepted: 2, duplicate: 0, rejected: 1 });
  });

  test('lets a key post only for its own sources, and only adapters at all', async () => {
    expect((await post(JSON.stringify(good), json, narrow)).statusCode).toBe(403);
    expect((await post(JSON.stringify({ ...good, source: 'post-2' }), json, narrow)).statusCode).toBe(202);
    expect((await post(JSON.stringify(good), json, analyst)).statusCode).toBe(403);
  });

  test('answers 503 with Retry-After when the log cannot be written, and accepts nothing', async () => {
    log.failing = 'before';

    const answer = await post(JSON.stringify(good));

    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect(log.records).toEqual([]);
  });

  test('answers 503 with Retry-After while the pipeline is behind its bound', async () => {
    waiting = 11;

    const answer = await post(JSON.stringify(good));

    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2']);
    expect(answer.json().type).toContain('pipeline-behind');
  });

  test('counts every item once: received = sent + dropped + rejected', async () => {
    await post(`${JSON.stringify(good)}\n${JSON.stringify(good)}\nnot JSON\n`, ndjson);
    log.failing = 'before';
    await post(`${JSON.stringify({ ...good, externalId: 'b' })}\n`, ndjson);

    const { received, sent, dropped, rejected, reasons } = counters.counts();
    expect([received, sent, dropped, rejected]).toEqual([4, 1, 1, 2]);
    expect([...reasons.keys()].sort()).toEqual(['body-unreadable', 'duplicate', 'log-unavailable']);
  });

  test('describes what it takes', async () => {
    const { paths } = (await app.inject('/openapi.json')).json();

    expect(JSON.stringify(paths['/v1/signals'].post)).toContain('observedAt');
  });
});
