import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defaultAudiences, Limits } from './config.ts';
import { createHttpApp, type HttpApp } from './http-app.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { createReadiness } from './readiness.ts';

const now = (): number => Date.UTC(2026, 0, 1);

describe('the HTTP app', () => {
  let keys: KeyRing;
  let app: HttpApp;
  let analyst: string;
  let narrow: string;

  beforeEach(async () => {
    keys = createKeyRing([], now);
    analyst = keys.create({ name: 'a', role: 'analyst', audiences: 'all', sources: [] }).key;
    narrow = keys.create({ name: 'n', role: 'analyst', audiences: ['public'], sources: [] }).key;
    app = await createHttpApp({
      name: 'test',
      logger: createLogger('test', 'silent'),
      keys,
      audiences: defaultAudiences,
      readiness: createReadiness(),
      metrics: createMetrics(),
      limits: Limits.parse({ requestsPerMinute: 50 }),
    });
    const query = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(10) });
    app.get('/v1/things/:id', { config: { roles: ['analyst'] }, schema: { querystring: query } }, async (request) => ({
      audience: request.principal?.audience?.id,
      limit: request.query.limit,
    }));
    app.post('/v1/things', { config: { roles: ['analyst'] } }, async () => {
      throw new Error('secret inside');
    });
  });

  const get = (url: string, key: string | null = analyst, headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers } });

  test('answers for the first audience of the key, or the one that the header names', async () => {
    const first = await get('/v1/things/1');
    const named = await get('/v1/things/1', analyst, { 'samenhang-audience': 'public' });

    expect(first.json()).toEqual({ audience: 'fusion-cell', limit: 10 });
    expect(named.json().audience).toBe('public');
  });

  test('refuses an audience of others and one that does not exist in the same words', async () => {
    const others = await get('/v1/things/1', narrow, { 'samenhang-audience': 'fusion-cell' });
    const unknown = await get('/v1/things/1', narrow, { 'samenhang-audience': 'nobody' });

    expect(others.statusCode).toBe(403);
    expect(others.body).toBe(unknown.body);
  });

  test.each([
    ['no key', null, 401],
    ['a wrong key', 'sam_wrong', 401],
  ])('refuses %s', async (_what, key, status) => {
    const answer = await get('/v1/things/1', key);

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  test('refuses a revoked key from the next request', async () => {
    const { key, record } = keys.create({ name: 'r', role: 'analyst', audiences: 'all', sources: [] });
    expect((await get('/v1/things/1', key)).statusCode).toBe(200);

    keys.revoke(record.id);

    expect((await get('/v1/things/1', key)).statusCode).toBe(401);
  });

  test.each(['limit=0', 'limit=1e9', 'limit[$ne]=1', 'nonsense=1'])('refuses the query %s and points at what is wrong', async (query) => {
    const answer = await get(`/v1/things/1?${query}`);

    expect(answer.statusCode).toBe(400);
    expect(answer.json().type).toBe('https://samenhang.example/problems/request-invalid');
    expect(answer.json().errors[0].pointer).toMatch(/^\/querystring/);
  });

  test.each([
    ['GET', '/v1/nothing', 404],
    ['DELETE', '/v1/things', 405],
    ['GET', '/%c0%ae%c0%ae/', 400],
  ] as const)('answers %s %s with a problem of status %i', async (method, url, status) => {
    const answer = await app.inject({ method, url });

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(typeof answer.json().detail).toBe('string');
  });

  test('tells nothing of the inside of an unexpected failure', async () => {
    const answer = await app.inject({ method: 'POST', url: '/v1/things', headers: { authorization: `Bearer ${analyst}` } });

    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
  });

  test('refuses a route without a policy at registration', () => {
    expect(() => app.get('/open', async () => 'x')).toThrow(/policy/);
  });

  test('limits the requests of one key and says when to come back', async () => {
    for (let request = 0; request < 50; request++) await get('/v1/things/1');

    const answer = await get('/v1/things/1');

    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.json().type).toContain('too-many-requests');
  });

  test('describes its routes', async () => {
    await app.ready();

    const answer = await app.inject('/openapi.json');

    expect(Object.keys(answer.json().paths)).toContain('/v1/things/{id}');
  });
});
