import { type Audience, maySee, type Signal } from '@samenhang/domain';
import { anAudience, anyAudience, anySignals, aSignal } from '@samenhang/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openMemoryWorld } from './memory-world.fixture.ts';

const hosts = ['a.example', 'b.example', 'c.example', 'd.example'];
const lists = [
  '',
  'minSize=1',
  'minSize=1&limit=2',
  'minSize=1&include=members,links&sort=size',
  'minSize=1&text=harbour',
  'minSize=1&sourceType=ras',
  'minSize=1&observable=domain:a.example',
  'cursor=AAAA',
  'nonsense=1',
];

/** Every question about anything that exists in the world where all signals do. */
const questionsAbout = (signals: readonly Signal[]): readonly string[] => [
  ...lists.map((query) => `/v1/incidents?${query}`),
  ...hosts.map((host) => `/v1/observables/domain/${host}`),
  ...signals.flatMap(({ id }) => [`/v1/incidents/${id}`, `/v1/signals/${id}`]),
  '/v1/me',
];

/** There is always something to hide: a signal that collides with the others and that only the fusion cell may see. */
const secret = aSignal({
  source: 'cell',
  externalId: 'secret',
  title: 'harbour',
  marking: { tlp: 'red' },
  observables: hosts.map((value) => ({ type: 'domain', value })),
});
const anyOtherAudience = anyAudience.filter(({ tlpMax }) => tlpMax !== 'red');
const anyCuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const firstRevisions = anySignals(16).map((signals) => signals.filter(({ revision, kind }) => revision === 1 && kind !== 'retraction'));

test('law: every answer to an audience is byte-equal to that of a world without what it may not see, however the log is cut', async () => {
  const fusion = anAudience({ id: 'fusion-cell' });
  let told = 0;
  await fc.assert(
    fc.asyncProperty(firstRevisions, anyOtherAudience, anyCuts, anyCuts, async (drawnSignals, drawn, cuts, otherCuts) => {
      const signals = [...drawnSignals.slice(0, 3), secret, ...drawnSignals.slice(3)];
      const audiences: readonly Audience[] = [fusion, { ...drawn, id: 'asked' }];
      const visible = signals.filter(({ marking }) => audiences[1] !== undefined && maySee(audiences[1], marking));
      await using whole = await openMemoryWorld(signals, audiences, cuts);
      await using bare = await openMemoryWorld(visible, audiences, otherCuts);

      for (const question of questionsAbout(signals)) {
        expect(await whole.ask('asked', question)).toBe(await bare.ask('asked', question));
        if ((await whole.ask('fusion-cell', question)) !== (await bare.ask('fusion-cell', question))) told++;
      }
    }),
    { numRuns: 12 },
  );
  // The same questions do tell the two worlds apart for who may see both, so equal answers mean something.
  expect(told).toBeGreaterThan(0);
}, 120_000);
