import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openQueryWorld, type QueryWorld } from './query-world.fixture.ts';
import { report } from './reports.fixture.ts';
import { MeDocument, ObservableDocument, SignalDocument } from './schemas.ts';

describe('the query routes', () => {
  let world: QueryWorld;
  beforeEach(async () => {
    world = await openQueryWorld();
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
  });

  test('gives a signal as it was received, what was added apart, and its trace', async () => {
    const signal = report(1, { raw: { as: ['it', 'came'] } });
    await world.keep({ members: [signal] });

    const answer = await world.get(`/v1/signals/${signal.id}`);

    const { enrichment, trace, ...received } = SignalDocument.parse(answer.json());
    expect(received).toEqual(signal);
    expect(enrichment.version).toBe('test');
    expect(trace).toMatchObject({
      receivedAt: signal.receivedAt,
      correlatedAt: '2026-03-30T12:00:01.000Z',
      queryableAt: '2026-03-30T12:00:01.000Z',
      incidentId: signal.id,
    });
  });

  test('says which values of a signal a warning list calls too common to link anything', async () => {
    const common = [{ type: 'domain', value: 'search.example' }];
    const signal = report(1, { observables: common });
    await world.keep({ members: [signal], enrichment: { common } });

    const answer = await world.get(`/v1/signals/${signal.id}`);

    expect(SignalDocument.parse(answer.json()).enrichment.common).toEqual(common);
  });

  test('finds what holds an observable however it is written', async () => {
    const signal = report(1, { observables: [{ type: 'url', value: 'https://evil.example/a/b' }] });
    await world.keep({ members: [signal, report(2)] });

    const answer = await world.get(`/v1/observables/URL/${encodeURIComponent('hxxps://evil[.]example/a/b')}`);

    const found = ObservableDocument.parse(answer.json());
    expect(found.value).toBe('https://evil.example/a/b');
    expect(found.signals.map(({ id, incidentId }) => [id, incidentId])).toEqual([[signal.id, signal.id]]);
    expect(found.incidents.map(({ id }) => id)).toEqual([signal.id]);
    expect((await world.get('/v1/observables/domain/absent.example')).statusCode).toBe(404);
  });

  test('answers 304 to who has the same bytes already', async () => {
    await world.keep({ members: [report(1), report(2)] });
    const first = await world.get('/v1/incidents');
    const headers = { 'if-none-match': String(first.headers.etag) };

    expect((await world.get('/v1/incidents', { headers })).statusCode).toBe(304);
    await world.keep({ members: [report(3), report(4)] });
    expect((await world.get('/v1/incidents', { headers })).statusCode).toBe(200);
  });

  test('tells a key for whom it may ask', async () => {
    const me = MeDocument.parse((await world.get('/v1/me', { headers: { 'samenhang-audience': 'public' } })).json());

    expect(me.audience).toBe('public');
    expect(me.audiences.map(({ id }) => id)).toEqual(['fusion-cell', 'ras-community', 'public']);
  });

  test('keeps what an operator does from analysts, and content from operators', async () => {
    expect((await world.get('/v1/rejected')).statusCode).toBe(403);
    expect((await world.get('/v1/pipeline')).statusCode).toBe(403);
    expect((await world.get('/v1/incidents', { role: 'operator' })).statusCode).toBe(403);
  });

  test('serves the console to anyone', async () => {
    expect((await world.app.inject('/')).body).toBe('<!doctype html>');
  });
});
