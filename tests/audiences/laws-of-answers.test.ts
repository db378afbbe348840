import { anAudience } from '@samenhang/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyHappened, hosts, signalsOf, visibleTo } from './any-happened.fixture.ts';
import { openMemoryWorld } from './memory-world.fixture.ts';

const facets = 'facets=theme,domain,sector,country,technique,sourceType,source,status,severity,tlp';
const anyCuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const fusion = anAudience({ id: 'fusion-cell' });

test('law: the count of a facet is the number of incidents that are listed when its value is added as a filter', async () => {
  await fc.assert(
    fc.asyncProperty(anyHappened, anyCuts, async (happened, cuts) => {
      await using world = await openMemoryWorld(happened, [fusion], cuts);
      const bodyOf = async (url: string) => JSON.parse((await world.ask('fusion-cell', url)).replace(/^200 \S+ /, ''));
      const page = await bodyOf(`/v1/incidents?minSize=1&limit=1000&${facets}`);

      expect(page.total).toBe(page.items.length);
      for (const [kind, values] of Object.entries<readonly { readonly value: string; readonly count: number }[]>(page.facets)) {
        for (const { value, count } of values) {
          const listed = await bodyOf(`/v1/incidents?minSize=1&limit=1000&${kind}=${encodeURIComponent(value)}`);
          expect(`${kind} ${value} ${listed.items.length}`).toBe(`${kind} ${value} ${count}`);
        }
      }
    }),
    { numRuns: 6 },
  );
}, 180_000);

test('every GET route that shows content is answered with an entity tag, and 304 to who has the same bytes', async () => {
  const [happened] = fc.sample(anyHappened, { numRuns: 1, seed: 7 });
  await using world = await openMemoryWorld(happened ?? [], [fusion], [5]);
  const without: string[] = [];
  const addresses = world.routes.flatMap((route) => [
    route
      .replace('{type}', 'domain')
      .replace('{value}', hosts[1] ?? '')
      .replace('{id}', signalsOf(happened ?? [])[0] ?? ''),
  ]);
  for (const url of addresses)
    if ((await world.ask('fusion-cell', url)).startsWith('200') && (await world.again('fusion-cell', url)) !== 304) without.push(url);

  expect(without).toEqual([]);
});

test('law: what was, asked for later, is byte-equal to what was answered then', async () => {
  await fc.assert(
    fc.asyncProperty(anyHappened, fc.nat(13), anyCuts, async (drawn, last, cuts) => {
      // Positions count what the audience sees.
      const happened = visibleTo(fusion, drawn);
      const then = happened.slice(0, last + 1);
      await using now = await openMemoryWorld(happened, [fusion], cuts);
      await using past = await openMemoryWorld(then, [fusion], [then.length]);
      const questions = ['/v1/incidents?minSize=1&include=members,links', ...signalsOf(then).map((id) => `/v1/incidents/${id}?`)];

      for (const question of questions)
        expect(await now.ask('fusion-cell', `${question}&asOf=${last}`)).toBe(await past.ask('fusion-cell', question));
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 180_000);
