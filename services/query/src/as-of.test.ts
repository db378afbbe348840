import { defaultRuleset } from '@samenhang/correlation';
import { topics } from '@samenhang/events';
import { anAudience, anEnrichment, aSignal } from '@samenhang/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAsOf } from './as-of.ts';
import { openQueryWorld, type QueryWorld } from './query-world.fixture.ts';
import { IncidentPage } from './schemas.ts';

describe('what was', () => {
  let world: QueryWorld;
  beforeEach(async () => {
    world = await openQueryWorld();
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
  });
  const tell = (...messages: readonly object[]) =>
    world.log.append(
      topics.correlationInputs.name,
      messages.map((message) => ({ key: 'k', value: JSON.parse(JSON.stringify({ audience: 'fusion-cell', ...message })), partition: 0 })),
    );
  const signal = (number: number, given: Parameters<typeof aSignal>[0] = {}) => ({
    kind: 'signal',
    signal: aSignal({ externalId: `r-${number}`, receivedAt: `2026-03-0${number}T12:00:00.000001Z`, ...given }),
    enrichment: anEnrichment(),
  });
  const idsAt = async (asOf: string) => {
    const answer = await world.get(`/v1/incidents?minSize=1&asOf=${asOf}`);
    return new Set(IncidentPage.parse(answer.json()).items.map(({ id }) => id));
  };

  test('is told by position, and by the end of an instant, day or month', async () => {
    const [a, b] = [signal(1), signal(2)];
    await tell(a, b);

    expect(await idsAt('0')).toEqual(new Set([a.signal.id]));
    expect(await idsAt('2026-03-01')).toEqual(new Set([a.signal.id]));
    expect(await idsAt('2026-02')).toEqual(new Set());
    expect(await idsAt('2026-03')).toEqual(new Set([a.signal.id, b.signal.id]));
    expect(await idsAt('999')).toEqual(new Set([a.signal.id, b.signal.id]));
  });

  test('is told under the rights of today: without what was taken from the audience since, with what its source took back since', async () => {
    const [withdrawn, retracted] = [signal(1, { title: 'SECRET' }), signal(2)];
    await tell(withdrawn, retracted);
    await tell({ kind: 'withdrawal', id: withdrawn.signal.id, revision: 2 }, signal(2, { revision: 2, kind: 'retraction' }));

    expect(await idsAt('1')).toEqual(new Set([retracted.signal.id]));
    expect(await idsAt('3')).toEqual(new Set());
    expect((await world.get(`/v1/incidents/${withdrawn.signal.id}?asOf=1`)).statusCode).toBe(404);
  });

  test('is told of an incident and its parts', async () => {
    const a = signal(1);
    await tell(a, signal(2));

    for (const part of ['', '/graph', '/timeline', '/lineage', '/possible', '/similar']) {
      expect((await world.get(`/v1/incidents/${a.signal.id}${part}?asOf=0`)).statusCode, part).toBe(200);
      expect((await world.get(`/v1/incidents/${a.signal.id}${part}`)).statusCode, part).toBe(404);
    }
  });

  test.each(['yesterday', '-1', '2026-13'])('is not told for %s', async (asOf) => {
    expect((await world.get(`/v1/incidents?asOf=${asOf}`)).statusCode).toBe(400);
  });

  test('ends when nobody waits for it any more, and is not begun on a log that is too long', async () => {
    await tell(signal(1), signal(2));
    let opened = 0;
    const openScratch = async () => {
      opened++;
      return { ...world.store, [Symbol.asyncDispose]: async () => undefined };
    };
    const settings = { log: world.log, rulesetOf: () => defaultRuleset, openScratch };
    const moment = { audience: anAudience(), partition: 0, position: 1 };
    const gone = AbortSignal.abort(new Error('the client went away'));
    const nothing = async () => 'answered';

    await expect(createAsOf(settings).reading(moment, gone, nothing)).rejects.toThrow('the client went away');
    await expect(createAsOf({ ...settings, mostInputs: 1 }).reading(moment, new AbortController().signal, nothing)).rejects.toMatchObject({
      code: 'request-invalid',
    });
    expect(opened).toBe(1);
  });
});
