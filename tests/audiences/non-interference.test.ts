import { type Audience, type IncidentJudgement, maySee, type Signal } from '@samenhang/domain';
import { anAudience, anyAudience, anySignals, aSignal } from '@samenhang/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cuts, type Happened, openMemoryWorld } from './memory-world.fixture.ts';

const hosts = ['a.example', 'b.example', 'c.example', 'd.example'];
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
  '/v1/incidents?minSize=1&changedSince=2026-03-30T12:00:00.000007Z',
  '/v1/incidents?minSize=1&text=harbour',
  '/v1/incidents?minSize=1&sourceType=ras',
  '/v1/incidents?minSize=1&tlp=red',
  '/v1/incidents?minSize=1&observable=domain:a.example',
  '/v1/incidents?cursor=AAAA',
  '/v1/incidents?nonsense=1',
  '/v1/incidents?minSize=1&asOf=3',
  '/v1/incidents?minSize=1&asOf=2026-03-30T12:00:00.000007Z',
  '/v1/judgements?limit=1',
  '/v1/judgements?kind=note',
  '/v1/sources?limit=1',
  '/v1/review?limit=1',
  '/v1/nothing',
];

/** The addresses of a route for everything that exists in the world where all signals do. */
function addressesOf(route: string, { signals }: Happened): readonly string[] {
  if (!route.includes('{')) return [route];
  if (route.includes('{type}')) return hosts.map((host) => route.replace('{type}', 'domain').replace('{value}', host));
  return signals.map(({ id }) => route.replace(/\{[^}]+\}/, id));
}

/** There is always something to hide: a signal that collides with the others and that only the fusion cell may see, judged besides. */
const secret = aSignal({
  source: 'cell',
  externalId: 'secret',
  title: 'harbour',
  marking: { tlp: 'red' },
  observables: hosts.map((value) => ({ type: 'domain', value })),
});

/** There is always something to see, too: two reports that everyone may read. */
const open = [1, 2].map((number) =>
  aSignal({
    source: `open-${number}`,
    externalId: 'open',
    marking: { tlp: 'clear' },
    observables: [{ type: 'domain', value: 'b.example' }],
    receivedAt: `2026-03-30T11:00:0${number}.000000Z`,
    firstReceivedAt: `2026-03-30T11:00:0${number}.000000Z`,
  }),
);

/** What is decided about a signal, marked as that is, and at times more. */
const anyJudgements = (signals: readonly Signal[]): fc.Arbitrary<readonly IncidentJudgement[]> =>
  fc
    .array(
      fc.record({ about: fc.nat(signals.length - 1), red: fc.boolean(), kind: fc.constantFrom('status', 'note'), revoked: fc.boolean() }),
      {
        maxLength: 4,
      },
    )
    .map((drawn) =>
      drawn.flatMap(({ about, red, kind, revoked }, at): readonly IncidentJudgement[] => {
        const signal = signals[about];
        if (signal === undefined) return [];
        const stamped = {
          about: signal.id,
          id: `00000000-0000-4000-8000-00000000000${at}`,
          by: 'Ann',
          at: `2026-03-31T12:00:00.00000${at}Z`,
          reason: 'said so',
          marking: red ? { ...signal.marking, tlp: 'red' as const } : signal.marking,
          revoked,
        };
        return [kind === 'note' ? { ...stamped, kind, text: 'look' } : { ...stamped, kind: 'status', status: 'resolved' }];
      }),
    );

const anyOtherAudience = anyAudience.filter(({ tlpMax }) => tlpMax !== 'red');
const anyCuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const anyWorld = anySignals(12)
  .map((signals) => signals.filter(({ revision, kind }) => revision === 1 && kind !== 'retraction'))
  .map((signals) => [...open, ...signals.slice(0, 3), secret, ...signals.slice(3)])
  .chain((signals) => fc.record({ signals: fc.constant(signals), judgements: anyJudgements(signals) }));

const fusion = anAudience({ id: 'fusion-cell' });
const audiencesWith = (drawn: Audience): readonly Audience[] => [fusion, { ...drawn, id: 'asked' }];

/** All of a world that an audience may see. */
const visibleTo = (audience: Audience, { signals, judgements = [] }: Happened): Happened => ({
  signals: signals.filter(({ marking }) => maySee(audience, marking)),
  judgements: judgements.filter(({ marking }) => maySee(audience, marking)),
});

test('law: on every GET route of the OpenAPI document, every answer to an audience is byte-equal to that of a world without what it may not see, however the log is cut', async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(anyWorld, anyOtherAudience, anyCuts, anyCuts, async (happened, drawn, cuts, otherCuts) => {
      const audiences = audiencesWith(drawn);
      await using whole = await openMemoryWorld(happened, audiences, cuts);
      await using bare = await openMemoryWorld(visibleTo(drawn, happened), audiences, otherCuts);

      expect(whole.routes.length).toBeGreaterThan(15);
      for (const question of [...whole.routes.flatMap((route) => addressesOf(route, happened)), ...queries]) {
        expect(await whole.ask('asked', question), question).toBe(await bare.ask('asked', question));
        if ((await whole.ask('fusion-cell', question)) !== (await bare.ask('fusion-cell', question))) told++;
      }
    }),
    { numRuns: 8 },
  );
  // The same questions do tell the two worlds apart for who may see both, so equal answers mean something.
  expect(told).toBeGreaterThan(0);
}, 180_000);

test('law: the stream tells an audience the same, byte for byte, in a world without what it may not see', async () => {
  const streamed = async (happened: Happened, audiences: readonly Audience[], cuts: Cuts): Promise<readonly string[]> => {
    await using world = await openMemoryWorld(happened, audiences, cuts);
    return [await world.stream('asked'), await world.stream('fusion-cell')];
  };
  let [events, told] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anyWorld, anyOtherAudience, anyCuts, async (happened, drawn, cuts) => {
      const audiences = audiencesWith(drawn);
      // Cut alike, as events are numbered by what was sent at once.
      const [asked, cell] = await streamed(happened, audiences, cuts);
      const [bareAsked, bareCell] = await streamed(visibleTo(drawn, happened), audiences, cuts);

      expect(asked).toBe(bareAsked);
      events += asked?.match(/^id: /gm)?.length ?? 0;
      if (cell !== bareCell) told++;
    }),
    { numRuns: 6 },
  );
  expect(events).toBeGreaterThan(0);
  expect(told).toBeGreaterThan(0);
}, 180_000);

test('law: the count of a facet is the number of incidents that are listed when its value is added as a filter', async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld, anyCuts, async (happened, cuts) => {
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
  await using world = await openMemoryWorld({ signals: open }, [fusion], [5]);
  const without: string[] = [];
  for (const url of world.routes.flatMap((route) => addressesOf(route, { signals: open.slice(0, 1) }).slice(0, 2)))
    if ((await world.ask('fusion-cell', url)).startsWith('200') && (await world.again('fusion-cell', url)) !== 304) without.push(url);

  expect(without).toEqual([]);
});

test('law: what was, asked for later, is byte-equal to what was answered then', async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld, fc.nat(13), anyCuts, async (happened, last, cuts) => {
      // Positions count what the audience sees.
      const { signals } = visibleTo(fusion, happened);
      const then = { signals: signals.slice(0, last + 1) };
      await using now = await openMemoryWorld({ signals }, [fusion], cuts);
      await using past = await openMemoryWorld(then, [fusion], [then.signals.length]);
      const questions = ['/v1/incidents?minSize=1&include=members,links', ...then.signals.map(({ id }) => `/v1/incidents/${id}?`)];

      for (const question of questions)
        expect(await now.ask('fusion-cell', `${question}&asOf=${last}`)).toBe(await past.ask('fusion-cell', question));
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 180_000);
