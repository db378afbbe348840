import { readdirSync } from 'node:fs';
import { signalId } from '@samenhang/domain';
import { defaultAudiences } from '@samenhang/runtime';
import { aPostedSignal, loadScenario, type Scenario } from '@samenhang/testing';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openMemoryWorld } from '../audiences/memory-world.fixture.ts';

const Page = z.object({ items: z.array(z.object({ members: z.array(z.object({ id: z.string() })) })) });

const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.yaml'));

/** The groups of external ids that an audience sees, each ascending, in order. */
async function groupsOf({ signals, audience }: Scenario): Promise<readonly (readonly string[])[]> {
  const happened = signals.map((signal, at) => ({ kind: 'post' as const, posted: aPostedSignal(signal), atMs: Date.UTC(2026, 5, 1) + at }));
  const names = new Map(signals.map(({ source, externalId = '' }) => [signalId(source, externalId), externalId]));
  await using world = await openMemoryWorld(happened, defaultAudiences, [2]);
  const answer = await world.ask(audience, '/v1/incidents?minSize=1&include=members&limit=100');
  const { items } = Page.parse(JSON.parse(answer.slice(answer.indexOf('{'))));
  return items.map(({ members }) => members.map(({ id }) => names.get(id) ?? id).sort()).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
}

describe('signals in, incidents out', () => {
  test.each(files)('%s', async (file) => {
    const scenario = await loadScenario(new URL(file, import.meta.url));
    const expected = [...scenario.expect.incidents.map(({ of }) => [...of].sort()), ...scenario.expect.alone.map((id) => [id])];

    const groups = await groupsOf(scenario);

    expect(groups, scenario.says).toEqual(expected.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
    expect(groups.flat().filter((id) => scenario.expect.unseen.includes(id))).toEqual([]);
  });
});
