import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createSuite, type SuiteSettings, uniqueName } from './contract-suite.ts';
import type { FacetCount } from './incident-facets.ts';
import {
  anyLooseWrite,
  anyQuery,
  anySummary,
  fewIds,
  fewObservables,
  fewSources,
  type LooseWrite,
  placeWrites,
} from './view-arbitraries.ts';
import { createViewModel } from './view-model.ts';
import { type IncidentQuery, incidentSortKey, incidentSorts, type ListedIncident, type ViewStore, type ViewWrite } from './view-store.ts';

/** An adapter as the suite drives it; it opens empty. */
export interface ViewStoreUnderTest extends AsyncDisposable {
  readonly store: ViewStore;
  /** Closes the store and opens it anew on nothing but what is durable; `store` is the new one from then on. */
  reopen(): Promise<void>;
}

type Answers = Omit<ReturnType<typeof createViewModel>, 'apply'>;
type Query = Omit<IncidentQuery, 'audience'>;

/** Everything that can be asked about the few ids, as one value. */
function answersOf(model: Answers, queries: readonly Query[]) {
  return {
    progress: model.progress('correlation.inputs', 0),
    signals: model.findSignals(fewIds),
    observables: fewObservables.map((observable) => model.findByObservable(observable, 5)),
    incidents: fewIds.map((id) => model.findIncident(id)),
    members: fewIds.map(model.members),
    holders: fewIds.map(model.holders),
    sources: fewSources.map(model.scoreSource),
    links: fewIds.map(model.links),
    lists: queries.map(model.listIncidents),
    facets: queries.map((query) => inOrder(model.countFacets(query))),
  };
}

/** The same of a store. */
async function answersFrom(store: ViewStore, audience: string, queries: readonly Query[]): Promise<ReturnType<typeof answersOf>> {
  return {
    progress: await store.progress(audience, 'correlation.inputs', 0),
    signals: [...(await store.findSignals(audience, fewIds))],
    observables: await all(fewObservables, async (observable) => [...(await store.findByObservable(audience, observable, 5))]),
    incidents: await all(fewIds, (id) => store.findIncident(audience, id)),
    members: await all(fewIds, async (id) => [...(await store.members(audience, id))]),
    holders: await all(fewIds, async (id) => [...(await store.holders(audience, id))]),
    sources: await all(fewSources, (source) => store.scoreSource(audience, source)),
    links: await all(fewIds, async (id) => [...(await store.links(audience, id))]),
    lists: await all(queries, async (query) => [...(await store.listIncidents({ ...query, audience }))]),
    facets: await all(queries, async (query) => inOrder(await store.countFacets({ ...query, audience }))),
  };
}

const inOrder = (counts: readonly FacetCount[]): readonly string[] =>
  counts.map(({ kind, value, count }) => `${kind} ${value} ${count}`).sort();

const all = <T, U>(items: readonly T[], ask: (item: T) => Promise<U>): Promise<U[]> => Promise.all(items.map(ask));

const everything: readonly Query[] = incidentSorts.map((sort) => ({ minSize: 1, sort, limit: 100, terms: [] }));
const someWrites = fc.array(anyLooseWrite, { minLength: 1, maxLength: 5 });
const newAudience = (): string => uniqueName('a');

/** Holds an adapter to every guarantee of the ViewStore port. */
export function describeViewStore(adapter: string, open: () => Promise<ViewStoreUnderTest>, settings?: SuiteSettings): void {
  describe(`view store: ${adapter}`, () => {
    const { guarantees, runs, patienceMs } = createSuite(settings);
    let under: ViewStoreUnderTest | undefined;
    beforeAll(async () => {
      under = await open();
    }, patienceMs * 4);
    afterAll(() => under?.[Symbol.asyncDispose](), patienceMs * 4);

    const opened = (): ViewStoreUnderTest => {
      if (under === undefined) throw new Error('the adapter did not open');
      return under;
    };
    const store = (): ViewStore => opened().store;
    const law = <T>(given: fc.Arbitrary<T>, check: (given: T) => Promise<void>) =>
      fc.assert(fc.asyncProperty(given, check), { numRuns: runs, interruptAfterTimeLimit: patienceMs * 3, endOnFailure: true });

    /** The answers after the writes equal those of a plain model after the expected ones. */
    async function expectAnswers(audience: string, expected: readonly ViewWrite[], queries: readonly Query[] = everything): Promise<void> {
      const model = createViewModel();
      for (const write of expected) model.apply(write);
      deepStrictEqual(await answersFrom(store(), audience, queries), answersOf(model, queries));
    }

    guarantees('what never was is undefined, empty, or at 0', async () => {
      const audience = newAudience();
      await expectAnswers(audience, []);
      expect(await store().findSignal(audience, fewIds[0] ?? '')).toBeUndefined();
    });

    guarantees('law: every answer is that of a plain model, whatever was written, also after reopening', async () => {
      const written: { readonly audience: string; readonly writes: readonly ViewWrite[] }[] = [];
      await law(fc.tuple(someWrites, fc.array(anyQuery, { maxLength: 8 })), async ([loose, queries]) => {
        const audience = newAudience();
        const writes = placeWrites(audience, loose);
        for (const write of writes) await store().save([write]);
        await expectAnswers(audience, writes, [...everything, ...queries]);
        written.push({ audience, writes });
      });
      await opened().reopen();
      for (const { audience, writes } of written.slice(-5)) await expectAnswers(audience, writes);
    });

    guarantees('law: writes of one save apply in order, and are the same as saved one by one', async () => {
      await law(someWrites, async (loose) => {
        const audience = newAudience();
        await store().save(placeWrites(audience, loose));
        await expectAnswers(audience, placeWrites(audience, loose));
      });
    });

    guarantees('law: a write that comes again, or whose nextOffset is not beyond the stored one, has no effect', async () => {
      await law(fc.tuple(someWrites, anyLooseWrite, fc.integer({ min: 0, max: 10 })), async ([loose, late, below]) => {
        const audience = newAudience();
        const writes = placeWrites(audience, loose);
        const end = writes.at(-1)?.progress.nextOffset ?? 0;
        await store().save(writes);
        await store().save(writes);
        await store().save([
          {
            ...late,
            audience,
            progress: { topic: 'correlation.inputs', partition: 0, nextOffset: Math.max(0, end - below) },
            signals: late.signals.map((view) => ({ ...view, position: 1_000 })),
          },
        ]);
        await expectAnswers(audience, writes);
      });
    });

    guarantees('progress is kept per audience, topic and partition', async () => {
      const audience = newAudience();
      await store().save([
        { audience, progress: { topic: 'one', partition: 0, nextOffset: 5 } },
        { audience, progress: { topic: 'one', partition: 1, nextOffset: 7 } },
        { audience, progress: { topic: 'two', partition: 0, nextOffset: 3 } },
      ]);
      const places = [
        ['one', 0],
        ['one', 1],
        ['two', 0],
        ['two', 1],
      ] as const;
      expect(await all(places, ([topic, partition]) => store().progress(audience, topic, partition))).toStrictEqual([5, 7, 3, 0]);
      expect(await store().progress(newAudience(), 'one', 0)).toBe(0);
    });

    guarantees('law: a view of a lower or equal position never overwrites a signal', async () => {
      await law(fc.tuple(anyLooseWrite, fc.integer({ min: 0, max: 50 })), async ([loose, lower]) => {
        const audience = newAudience();
        const at = (position: number, topic: string, revision: number): ViewWrite => ({
          audience,
          progress: { topic, partition: 0, nextOffset: 1 },
          signals: loose.signals.map((view, index) => ({ ...view, revision, position: position * 10 + index })),
        });
        await store().save([at(50, 'first', 1)]);
        await store().save([at(lower, 'second', 2)]);
        const found = await store().findSignals(
          audience,
          loose.signals.map(({ id }) => id),
        );
        expect(found.map(({ revision }) => revision)).toStrictEqual(loose.signals.map(() => 1));
      });
    });

    guarantees('law: an audience is shown nothing of what was written for another', async () => {
      await law(fc.tuple(someWrites, someWrites), async ([own, others]) => {
        const [audience, other] = [newAudience(), newAudience()];
        await store().save([...placeWrites(other, others), ...placeWrites(audience, own)]);
        await expectAnswers(audience, placeWrites(audience, own));
        await expectAnswers(other, placeWrites(other, others));
      });
    });

    guarantees('law: when progress tells of a write, all of it can be read', async () => {
      await law(anyLooseWrite, async (loose) => {
        const audience = newAudience();
        const [write] = placeWrites(audience, [loose]);
        if (write === undefined) return;
        let saved = false;
        const saving = store()
          .save([write])
          .finally(() => {
            saved = true;
          });
        do {
          if ((await store().progress(audience, 'correlation.inputs', 0)) > 0) await expectAnswers(audience, [write]);
          await new Promise((resolve) => setImmediate(resolve));
        } while (!saved);
        await saving;
        await expectAnswers(audience, [write]);
      });
    });

    guarantees('law: pages put together are the list, without gaps or repeats, while other incidents come and change', async () => {
      await law(
        fc.tuple(fc.array(anyLooseWrite, { minLength: 3, maxLength: 5 }), fc.array(anyLooseWrite, { maxLength: 5 }), anyQuery),
        async ([loose, others, query]) => {
          const audience = newAudience();
          await store().save(placeWrites(audience, loose));
          const unchanged = (list: readonly ListedIncident[]) => list.map(({ id }) => id).filter((id) => !changing.includes(id));
          const whole = unchanged(await store().listIncidents({ ...query, audience, limit: 100 }));
          const seen: ListedIncident[] = [];
          const writesOn = others.map((write, index): ViewWrite => changesTo(changing, write, { audience, nextOffset: index + 1 }));
          let page = await store().listIncidents({ ...query, audience, limit: 1 });
          for (let last = page[0]; last !== undefined && seen.length < 100; last = page[0]) {
            seen.push(last);
            await store().save(writesOn.splice(0, 1));
            page = await store().listIncidents({
              ...query,
              audience,
              limit: 1,
              after: { key: incidentSortKey(last, query.sort), id: last.id },
            });
          }
          expect(unchanged(seen)).toStrictEqual(whole);
        },
      );
    });

    guarantees('law: an incident is listed exactly when each term is held by a member, not necessarily the same one', async () => {
      const terms = ['word:one', 'word:two', 'word:three'];
      const [first = '', second = ''] = fewIds;
      await law(
        fc.tuple(fc.subarray(terms), fc.subarray(terms), fc.subarray(terms), anySummary(first)),
        async ([held, heldByOther, wanted, summary]) => {
          const audience = newAudience();
          const view = { revision: 1, signal: null, enrichment: null, observables: [], enrichedAt: day, queryableAt: day };
          await store().save([
            {
              audience,
              progress: { topic: 'correlation.inputs', partition: 0, nextOffset: 2 },
              signals: [
                { ...view, id: first, position: 0, terms: held },
                { ...view, id: second, position: 1, terms: heldByOther },
              ],
              memberships: [first, second].map((signalId) => ({ signalId, incidentId: first, correlatedAt: day })),
              incidents: [{ id: first, summary, lineage: [] }],
            },
          ]);
          const listed = await store().listIncidents({ audience, minSize: 1, sort: 'lastSeen', limit: 5, terms: wanted });
          expect(listed.map(({ id }) => id)).toStrictEqual(
            wanted.every((term) => held.includes(term) || heldByOther.includes(term)) ? [first] : [],
          );
        },
      );
    });

    guarantees('check resolves while the store can read and write', () => store().check());
  });
}

const day = '2026-01-01T00:00:00.000Z';

/** The incidents that change while others are listed. */
const changing: readonly string[] = fewIds.slice(0, 4);

/** Only what a write does to these incidents. */
const changesTo = (
  ids: readonly string[],
  { incidents }: LooseWrite,
  { audience, nextOffset }: { audience: string; nextOffset: number },
): ViewWrite => ({
  audience,
  progress: { topic: 'later', partition: 0, nextOffset },
  incidents: incidents.filter(({ id }) => ids.includes(id)),
});
