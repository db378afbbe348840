import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditTrail } from '@samenhang/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAuditFile } from './audit-file.ts';
import { defaultAudiences, Limits } from './config.ts';
import { createHttpApp, type HttpApp } from './http-app.ts';
import { createKeyRing } from './key-ring.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { createReadiness } from './readiness.ts';
import { verifyAudit } from './verify-audit.ts';

const incident = { id: 'i', title: 'SECRET "tlp":"red" said somebody', marking: { tlp: 'amber' } };

describe('the audit of requests', () => {
  let data: string;
  let app: HttpApp;
  let trail: AuditTrail;
  let failing = false;
  let [analyst, adapter, operator] = ['', '', ''];

  beforeEach(async () => {
    failing = false;
    data = mkdtempSync(join(tmpdir(), 'audit-'));
    trail = await openAuditFile({
      directory: join(data, 'audit'),
      anchors: join(data, 'anchors'),
      service: 'query',
      now: () => 0,
      synchronise: async () => {
        if (failing) throw new Error('no space left');
      },
    });
    const keys = createKeyRing([], () => 0);
    analyst = keys.create({ name: 'Ann', role: 'analyst', audiences: 'all', sources: [] }).key;
    adapter = keys.create({ name: 'Ada', role: 'adapter', audiences: [], sources: 'all' }).key;
    operator = keys.create({ name: 'Otto', role: 'operator', audiences: [], sources: [] }).key;
    app = await createHttpApp({
      name: 'test',
      logger: createLogger('test', 'silent'),
      keys,
      audit: { trail, now: () => 0 },
      audiences: defaultAudiences,
      readiness: createReadiness(),
      metrics: createMetrics(),
      limits: Limits.parse({}),
    });
    const readers = { roles: ['analyst'] } as const;
    app.get('/v1/incidents/:id', { config: readers }, async () => incident);
    app.get('/v1/observables/:type/:value', { config: readers }, async () => ({ signals: [] }));
    app.get('/taxii2/:collection/', { config: { ...readers, audit: 'export' } }, async () => ({ objects: [] }));
    app.get('/v1/absent', { config: readers }, async (_request, reply) => reply.code(404).send({}));
    app.get('/v1/stream', { config: { ...readers, streams: true } }, async (_request, reply) => {
      reply.hijack();
      reply.raw.end();
    });
    app.get('/v1/pipeline', { config: { roles: ['operator'] } }, async () => ({}));
    app.post('/v1/judgements', { config: { ...readers, audit: 'judge' } }, async () => ({ id: 'j1', text: 'SECRET' }));
    app.post('/v1/rejected/:id/retry', { config: { roles: ['operator'], audit: 'retry' } }, async () => ({ id: 'x' }));
    app.post('/v1/other', { config: readers }, async () => ({}));
    app.post('/v1/signals', { config: { roles: ['adapter'] } }, async () => ({ id: 's' }));
  });
  afterEach(async () => {
    await app.close();
    await trail[Symbol.asyncDispose]();
    rmSync(data, { recursive: true });
  });

  const ask = (url: string, key = analyst, audience?: string) =>
    app.inject({
      url,
      method: /judgements|retry|other|v1.signals/.test(url) ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${key}`, ...(audience === undefined ? {} : { 'samenhang-audience': audience }) },
    });
  const recorded = async () =>
    (await trail.entries()).map(({ by, action, audience, object, tlp }) => [by.split('/')[0], action, audience, object, tlp]);

  test('holds every read that is answered for an audience above TLP green, with the highest level that the answer states', async () => {
    await ask('/v1/incidents/i?text=SECRET');
    await ask('/v1/observables/domain/secret.example');
    await ask('/v1/stream');
    await ask('/taxii2/c/');

    expect(await recorded()).toEqual([
      ['Ann', 'read', 'fusion-cell', 'GET /v1/incidents/:id i', 'amber'],
      ['Ann', 'read', 'fusion-cell', 'GET /v1/observables/:type/:value', 'red'],
      ['Ann', 'read', 'fusion-cell', 'GET /v1/stream', 'red'],
      ['Ann', 'export', 'fusion-cell', 'GET /taxii2/:collection/ c', 'amber'],
    ]);
  });

  test('holds no read of what everybody may see, of nothing, or of no content, and no post of an adapter', async () => {
    await ask('/v1/incidents/i', analyst, 'public');
    await ask('/v1/absent');
    await ask('/v1/incidents/i', operator);
    await ask('/v1/pipeline', operator);
    await ask('/v1/signals', adapter);

    expect(await recorded()).toEqual([]);
  });

  test('holds every change before it is answered, with the id of what was made or changed', async () => {
    await ask('/v1/judgements');
    await ask('/v1/rejected/a.0.1/retry', operator);
    await ask('/v1/other');

    expect(await recorded()).toEqual([
      ['Ann', 'judge', 'fusion-cell', 'POST /v1/judgements j1', 'red'],
      ['Otto', 'retry', null, 'POST /v1/rejected/:id/retry a.0.1', null],
      ['Ann', 'change', 'fusion-cell', 'POST /v1/other', 'red'],
    ]);
  });

  test('holds no payload, no search and no key', async () => {
    await ask('/v1/incidents/i?text=SECRET');
    await ask('/v1/observables/domain/secret.example');
    await ask('/v1/judgements');
    await trail.entries();

    const bytes = readdirSync(join(data, 'audit')).map((name) => readFileSync(join(data, 'audit', name), 'utf8'));
    expect(bytes.join('')).not.toMatch(/secret|said/i);
    expect(bytes.join('')).not.toContain(analyst.slice(13));
    expect(verifyAudit({ directory: join(data, 'audit'), anchors: join(data, 'anchors') })).toMatchObject([{ entries: 3, fault: null }]);
  });

  test('refuses a change that cannot be recorded and, from then on, reads, until it can', async () => {
    failing = true;
    expect((await ask('/v1/judgements')).statusCode).toBe(503);
    rmSync(join(data, 'audit'), { recursive: true });
    rmSync(join(data, 'anchors'), { recursive: true });
    failing = false;

    expect((await ask('/v1/incidents/i')).statusCode).toBe(200);
    expect((await ask('/v1/judgements')).statusCode).toBe(200);
  });
});
