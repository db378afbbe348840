import { topics } from '@samenhang/events';
import { anIncidentSummary, aSignal } from '@samenhang/testing';
import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openQueryWorld, type QueryWorld } from './query-world.fixture.ts';

let world: QueryWorld;
beforeEach(async () => {
  world = await openQueryWorld();
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

const change = async (number: number) => {
  const { id } = aSignal({ externalId: `r-${number}` });
  const summary = anIncidentSummary({ id });
  const value = {
    audience: 'fusion-cell',
    id,
    batch: { from: number, through: number + 1 },
    rulesetVersion: 'r',
    summary,
    joined: [id],
    left: [],
    lineage: [{ cause: 'opened' as const, signals: [id], incidents: [], position: number }],
    links: [],
    unlinked: [],
  };
  await world.log.append(topics.incidentsChanged.name, [{ key: id, value, partition: 0 }]);
};

/** The ids of the first so many events of an open stream. */
async function idsOf(answer: LightMyRequestResponse, events: number): Promise<readonly string[]> {
  let told = '';
  for await (const chunk of answer.stream()) {
    told += String(chunk);
    if ((told.match(/^data: .*\n\n/gm) ?? []).length >= events) break;
  }
  return [...told.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id ?? '');
}

test('goes on after the last event that a client had, without a gap or a repeat', async () => {
  for (let number = 0; number < 5; number++) await change(number);

  const before = await idsOf(await world.stream('/v1/stream?after=0', {}), 2);
  const resumed = await idsOf(await world.stream('/v1/stream', { 'last-event-id': before.at(-1) ?? '' }), 2);

  expect([...before, ...resumed]).toEqual(['1', '2', '3', '4']);
});

test('starts with the next change when nothing was had before', async () => {
  await change(0);
  const answer = await world.stream('/v1/stream', {});
  await change(1);

  expect(await idsOf(answer, 1)).toEqual(['1']);
});

test.each(['x', '-1', '1e3', '1'.repeat(16)])('refuses the last event id %s', async (id) => {
  expect((await world.get('/v1/stream', { headers: { 'last-event-id': id } })).statusCode).toBe(400);
});
