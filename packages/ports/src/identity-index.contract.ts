import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { anyText } from './contract-arbitraries.ts';
import { createSuite, type SuiteSettings, uniqueName } from './contract-suite.ts';
import type { IdentityIndex, KnownSignal } from './identity-index.ts';

/** An adapter as the suite drives it; it opens empty. */
export interface IdentityIndexUnderTest extends AsyncDisposable {
  readonly index: IdentityIndex;
  /** Closes the index and opens it anew on nothing but what is durable; `index` is the new one from then on. */
  reopen(): Promise<void>;
}

const instant = fc
  .integer({ min: 0, max: 9_999_999 })
  .map((micros) => `2026-11-24T21:00:00.${String(micros).padStart(7, '0').slice(0, 6)}Z`);

const marking = fc.record(
  {
    tlp: fc.constantFrom('clear', 'green', 'amber', 'amber+strict', 'red'),
    communities: fc.array(fc.constantFrom('ras', 'energy', 'ports'), { maxLength: 2 }),
    exercise: fc.constant('cmx'),
  },
  { requiredKeys: ['tlp'], noNullPrototype: true },
);

const revision = fc.record(
  { revision: fc.integer({ min: 1, max: 1_000_000 }), contentHash: fc.stringMatching(/^[0-9a-f]{64}$/) },
  { noNullPrototype: true },
);

/** Entries over few ids, so that they replace each other. */
const knownSignal = (world: string): fc.Arbitrary<KnownSignal> =>
  fc.record(
    {
      id: fc.oneof(fc.constantFrom('a', 'b', 'c'), anyText(8)).map((id) => `${world}${id}`),
      firstReceivedAt: instant,
      receivedAt: instant,
      revisions: fc.array(revision, { maxLength: 3 }),
      markings: fc.array(fc.record({ marking, since: instant }, { noNullPrototype: true }), { maxLength: 3 }),
    },
    { noNullPrototype: true },
  );

/** Holds an adapter to every guarantee of the IdentityIndex port. */
export function describeIdentityIndex(adapter: string, open: () => Promise<IdentityIndexUnderTest>, settings?: SuiteSettings): void {
  describe(`identity index: ${adapter}`, () => {
    const { guarantees, runs, patienceMs } = createSuite(settings);
    let under: IdentityIndexUnderTest | undefined;
    beforeAll(async () => {
      under = await open();
    }, patienceMs * 4);
    afterAll(() => under?.[Symbol.asyncDispose](), patienceMs * 4);

    const opened = (): IdentityIndexUnderTest => {
      if (under === undefined) throw new Error('the adapter did not open');
      return under;
    };

    guarantees('the latest receivedAt is undefined at first', async () => {
      expect(await opened().index.latestReceivedAt()).toBeUndefined();
    });

    guarantees('unknown ids are absent', async () => {
      expect(await opened().index.find([])).toStrictEqual(new Map());
      expect(await opened().index.find([uniqueName('never'), uniqueName('saved')])).toStrictEqual(new Map());
    });

    guarantees('law: find gives what was last saved of each id, also after reopening', async () => {
      const model = new Map<string, KnownSignal>();
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(knownSignal(uniqueName('world')), { maxLength: 6 }), { maxLength: 5 }), async (saves) => {
          const ids = new Set(saves.flat().map(({ id }) => id));
          for (const entries of saves) {
            await opened().index.save(entries);
            for (const entry of entries) model.set(entry.id, entry);
          }
          expect(sorted(await opened().index.find([...ids, uniqueName('never')]))).toStrictEqual(
            sorted(new Map([...ids].flatMap((id) => entryOf(model, id)))),
          );
        }),
        { numRuns: runs },
      );
      await opened().reopen();
      expect(sorted(await opened().index.find([...model.keys()]))).toStrictEqual(sorted(model));
    });

    guarantees('saving an entry twice is the same as once', async () => {
      const id = uniqueName('twice');
      const entry: KnownSignal = {
        id,
        firstReceivedAt: '2026-01-01T00:00:00.000001Z',
        receivedAt: '2026-01-01T00:00:00.000001Z',
        revisions: [],
        markings: [],
      };
      await opened().index.save([entry]);
      await opened().index.save([entry, entry]);
      expect(await opened().index.find([id, id])).toStrictEqual(new Map([[id, entry]]));
    });

    guarantees('saves at the same time all resolve and are all kept', async () => {
      const entries = Array.from({ length: 30 }, (_, index): KnownSignal => {
        const receivedAt = `2026-01-02T00:00:00.0000${10 + index}Z`;
        return { id: uniqueName('together'), firstReceivedAt: receivedAt, receivedAt, revisions: [], markings: [] };
      });
      await Promise.all(entries.map((entry) => opened().index.save([entry])));
      expect((await opened().index.find(entries.map(({ id }) => id))).size).toBe(30);
    });

    guarantees('law: the latest receivedAt is the largest ever saved, also when its entry was replaced, and after reopening', async () => {
      let largest = (await opened().index.latestReceivedAt()) ?? '';
      const check = async () => expect(await opened().index.latestReceivedAt()).toBe(largest);
      await fc.assert(
        fc.asyncProperty(
          fc.array(knownSignal('clock'), { minLength: 1, maxLength: 4 }),
          fc.integer({ min: 2030, max: 2099 }),
          async (entries, year) => {
            const later = entries.map((entry) => ({ ...entry, receivedAt: entry.receivedAt.replace('2026', String(year)) }));
            await opened().index.save(later);
            for (const { receivedAt } of later) if (receivedAt > largest) largest = receivedAt;
            await check();
          },
        ),
        { numRuns: runs },
      );
      await opened().reopen();
      await check();
    });
  });
}

const entryOf = (model: ReadonlyMap<string, KnownSignal>, id: string): (readonly [string, KnownSignal])[] => {
  const entry = model.get(id);
  return entry === undefined ? [] : [[id, entry]];
};

const sorted = (found: ReadonlyMap<string, KnownSignal>) => [...found].sort(([a], [b]) => (a < b ? -1 : 1));
