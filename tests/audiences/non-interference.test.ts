import type { Audience } from '@samenhang/domain';
import { anAudience, anyAudience } from '@samenhang/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyHappened, type Happened, hosts, signalsOf, visibleTo } from './any-happened.fixture.ts';
import type { Cuts } from './memory-log.fixture.ts';
import { type MemoryWorld, openMemoryWorld } from './memory-world.fixture.ts';

const facets = 'facets=theme,domain,sector,country,technique,sourceType,source,status,severity,tlp';
/** Besides the routes as they are: what else can be asked of them. */
const queries = [
  '/v1/incidents?minSize=1',
  '/v1/incidents?minSize=1&limit=2',
  `/v1/incidents?minSize=1&limit=2&${facets}`,
  `/v1/incidents?${facets}&status=new`,
  '/v1/incidents?include=members,links&sort=size',
  '/v1/incidents?sort=hybrid',
  '/v1/incidents?minSize=1&sort=lastSeen&severity=low',
  '/v1/incidents?minSize=1&changedSince=3',
  '/v1/incidents?minSize=1&changedSince=2026-03-30T12:05:00Z',
  '/v1/incidents?minSize=1&text=harbour',
  '/v1/incidents?minSize=1&sourceType=ras',
  '/v1/incidents?minSize=1&tlp=red',
  '/v1/incidents?minSize=1&observable=domain:a.example',
  '/v1/incidents?cursor=AAAA',
  '/v1/incidents?nonsense=1',
  '/v1/incidents/not-an-id',
  '/v1/incidents?minSize=1&asOf=3',
  '/v1/incidents?minSize=1&asOf=2026-03-30T12:05:00Z',
  '/v1/judgements?limit=1',
  '/v1/judgements?kind=note',
  '/v1/sources?limit=1',
  '/v1/review?limit=1',
  '/v1/nothing',
  '/v1/stream?after=nonsense',
];

const collection = '/taxii2/root/collections/asked/';
/** What partners may ask, and what they may get wrong. */
const partnerQueries = [
  '/taxii2/',
  '/taxii2/root/',
  '/taxii2/root/collections/',
  collection,
  '/taxii2/root/collections/nobody/',
  `${collection}manifest/`,
  `${collection}manifest/?limit=3`,
  `${collection}objects/`,
  `${collection}objects/?limit=2`,
  `${collection}objects/?added_after=1970-01-01T00:00:00.000009Z`,
  `${collection}objects/?match[type]=report,grouping,incident`,
  `${collection}objects/?match[version]=all`,
  `${collection}objects/?next=nonsense`,
  `${collection}objects/?limit=nonsense`,
];

/** The addresses of a route for everything that exists in the world where all is. */
function addressesOf(route: string, signals: readonly string[]): readonly string[] {
  if (!route.includes('{')) return [route];
  if (route.includes('{type}')) return hosts.map((host) => route.replace('{type}', 'domain').replace('{value}', host));
  return signals.map((id) => route.replace(/\{[^}]+\}/, id));
}

/** The ids of all STIX objects that anybody may be given. */
async function objectsOf(world: MemoryWorld): Promise<readonly string[]> {
  const all = await world.ask('fusion-cell', `${collection.replace('asked', 'fusion-cell')}manifest/?match[version]=all`, 'partner');
  return [...new Set([...all.matchAll(/"id":"([a-z-]+--[0-9a-f-]{36})"/g)].map(([, id]) => id ?? ''))];
}

const anyOtherAudience = anyAudience.filter(({ tlpMax }) => tlpMax !== 'red').map((drawn) => ({ ...drawn, id: 'asked' }));
const anyCuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const fusion = anAudience({ id: 'fusion-cell' });

/** Two worlds for one audience: that in which everything happened, and that in which only what it may see did. */
interface TwoWorlds extends AsyncDisposable {
  readonly whole: MemoryWorld;
  readonly bare: MemoryWorld;
}

async function openTwoWorlds(happened: Happened, asked: Audience, [cuts, otherCuts]: readonly [Cuts, Cuts]): Promise<TwoWorlds> {
  const whole = await openMemoryWorld(happened, [fusion, asked], cuts);
  const bare = await openMemoryWorld(visibleTo(asked, happened), [fusion, asked], otherCuts);
  return {
    whole,
    bare,
    async [Symbol.asyncDispose]() {
      await whole[Symbol.asyncDispose]();
      await bare[Symbol.asyncDispose]();
    },
  };
}

test('law: on every GET route of the OpenAPI document, every answer to an audience is byte-equal to that of a world without what it may not see, however the log is cut', async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(anyHappened, anyOtherAudience, anyCuts, anyCuts, async (happened, asked, cuts, otherCuts) => {
      await using worlds = await openTwoWorlds(happened, asked, [cuts, otherCuts]);
      const { whole, bare } = worlds;
      const signals = signalsOf(happened);

      expect(whole.routes.length).toBeGreaterThan(15);
      for (const question of [...whole.routes.flatMap((route) => addressesOf(route, signals)), ...queries]) {
        expect(await whole.ask('asked', question), question).toBe(await bare.ask('asked', question));
        if ((await whole.ask('fusion-cell', question)) !== (await bare.ask('fusion-cell', question))) told++;
      }
    }),
    { numRuns: 8 },
  );
  // The same questions do tell the two worlds apart for who may see both, so equal answers mean something.
  expect(told).toBeGreaterThan(0);
}, 240_000);

test('law: what partners are given of an audience, what the ledger keeps of it, and what is refused are byte-equal in a world without what it may not see', async () => {
  let [objects, told] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anyHappened, anyOtherAudience, anyCuts, async (happened, asked, cuts) => {
      // Cut alike, as objects are told with the change that was sent after them.
      await using worlds = await openTwoWorlds(happened, asked, [cuts, cuts]);
      const { whole, bare } = worlds;
      const known = await objectsOf(whole);
      const single = known.flatMap((id) => [`${collection}objects/${id}/`, `${collection}objects/${id}/versions/`]);

      for (const question of [...partnerQueries, ...single]) {
        const answer = await whole.ask('asked', question, 'partner');
        expect(answer, question).toBe(await bare.ask('asked', question, 'partner'));
        if (answer.startsWith('200')) objects++;
        const ofCell = question.replace('asked', 'fusion-cell');
        if ((await whole.ask('fusion-cell', ofCell, 'partner')) !== (await bare.ask('fusion-cell', ofCell, 'partner'))) told++;
      }
      for (const id of signalsOf(happened)) {
        expect(await whole.ask('asked', `/v1/exports?signal=${id}`, 'lead')).toBe(
          await bare.ask('asked', `/v1/exports?signal=${id}`, 'lead'),
        );
        const note = { kind: 'note', about: id, text: 'seen', marking: { tlp: 'red' } };
        expect(await whole.change('asked', '/v1/judgements', note)).toBe(await bare.change('asked', '/v1/judgements', note));
      }
    }),
    { numRuns: 6 },
  );
  expect(objects).toBeGreaterThan(0);
  expect(told).toBeGreaterThan(0);
}, 240_000);

test('law: the stream, from any event on, and the log behind it tell an audience the same, byte for byte, in a world without what it may not see', async () => {
  let [events, told] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anyHappened, anyOtherAudience, anyCuts, fc.nat(20), async (happened, asked, cuts, lastEventId) => {
      // Cut alike, as events are numbered by what was sent at once.
      await using worlds = await openTwoWorlds(happened, asked, [cuts, cuts]);
      const { whole, bare } = worlds;

      expect(whole.logged('asked')).toBe(bare.logged('asked'));
      for (const after of [0, lastEventId]) {
        const streamed = await whole.stream('asked', after);
        expect(streamed).toBe(await bare.stream('asked', after));
        events += streamed.match(/^id: /gm)?.length ?? 0;
      }
      if ((await whole.stream('fusion-cell', 0)) !== (await bare.stream('fusion-cell', 0))) told++;
    }),
    { numRuns: 8 },
  );
  expect(events).toBeGreaterThan(0);
  expect(told).toBeGreaterThan(0);
}, 240_000);
