import { PostedSignal, type SignalDraft } from '@samenhang/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Acceptor, openAcceptor } from './acceptor.ts';
import { createMemoryIdentities, createMemoryLog } from './memory-ports.fixture.ts';

const aPosted = (more: Partial<SignalDraft> = {}): PostedSignal =>
  PostedSignal.parse({
    source: 's',
    externalId: 'x',
    sourceType: 'ras',
    title: 't',
    observedAt: '2026-01-01',
    marking: { tlp: 'green' },
    ...more,
  });

const nowMs = (): number => Date.UTC(2026, 5, 1);

const open = async () => {
  const [log, identities] = [createMemoryLog(), createMemoryIdentities()];
  return { log, identities, acceptor: await openAcceptor({ log, identities, nowMs }) };
};

const kinds = async (acceptor: Acceptor, ...posted: readonly PostedSignal[]) =>
  (await acceptor.accept(posted, {})).map(({ decision }) => decision.kind);

describe('accepting', () => {
  test('takes a signal once, however often and in whatever company it is posted', async () => {
    const { log, acceptor } = await open();

    const [first, second] = await Promise.all([kinds(acceptor, aPosted(), aPosted()), kinds(acceptor, aPosted())]);

    expect([first, second]).toEqual([['accepted', 'duplicate'], ['duplicate']]);
    expect(log.records).toHaveLength(1);
  });

  test('tells a conflict from a duplicate, and a new revision from an old one', async () => {
    const { acceptor } = await open();

    expect(await kinds(acceptor, aPosted({ revision: 2 }))).toEqual(['accepted']);
    expect(await kinds(acceptor, aPosted({ revision: 2, title: 'other' }))).toEqual(['conflict']);
    expect(await kinds(acceptor, aPosted({ revision: 1 }))).toEqual(['outdated']);
    expect(await kinds(acceptor, aPosted({ revision: 3, kind: 'retraction' }))).toEqual(['accepted']);
    expect(await kinds(acceptor, aPosted({ revision: 2 }))).toEqual(['duplicate']);
  });

  test('keeps the first receipt of a signal and says whom its earlier revisions were shown to', async () => {
    const { log, acceptor } = await open();
    await kinds(acceptor, aPosted({ marking: { tlp: 'clear' } }));

    await kinds(acceptor, aPosted({ revision: 2, marking: { tlp: 'red' } }));

    const [first, second] = log.records.map(
      ({ value }) => value as { signal: { receivedAt: string; firstReceivedAt: string }; earlierMarkings: unknown },
    );
    expect(second?.signal.firstReceivedAt).toBe(first?.signal.receivedAt);
    expect(second?.signal.receivedAt).not.toBe(first?.signal.receivedAt);
    expect(second?.earlierMarkings).toMatchObject([{ marking: { tlp: 'clear' } }]);
  });

  test('gives reports without an external id the id of their content', async () => {
    const { acceptor } = await open();

    expect(
      await kinds(
        acceptor,
        aPosted({ externalId: undefined }),
        aPosted({ externalId: undefined }),
        aPosted({ externalId: undefined, title: 'other' }),
      ),
    ).toEqual(['accepted', 'duplicate', 'accepted']);
  });

  test('flags a claimed time far ahead and takes it', async () => {
    const { log, acceptor } = await open();

    await kinds(acceptor, aPosted({ observedAt: '2999-01-01' }), aPosted({ externalId: 'y' }));

    expect(log.records.map(({ value }) => (value as { signal: { flags: string[] } }).signal.flags)).toEqual([
      ['observed-in-the-future'],
      [],
    ]);
  });

  test('answers without waiting for the index, and does not take a second time what a crash kept from it', async () => {
    const { log, identities, acceptor } = await open();
    identities.failing = true;
    expect(await kinds(acceptor, aPosted())).toEqual(['accepted']);
    identities.failing = false;

    const restarted = await openAcceptor({ log, identities, nowMs });

    expect(await kinds(restarted, aPosted())).toEqual(['duplicate']);
    expect(log.records).toHaveLength(1);
  });

  test('law: what was acknowledged is in the log, once, with rising instants, whenever appends fail (durability)', async () => {
    const post = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      failing: fc.constantFrom('no', 'no', 'before', 'after'),
      index: fc.boolean(),
      restart: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(post, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), async (rounds) => {
        const { log, identities, acceptor: first } = await open();
        let acceptor = first;
        const acknowledged = new Set<string>();
        for (const round of rounds) {
          log.failing = round[0]?.failing ?? 'no';
          identities.failing = round[0]?.index ?? false;
          const answers = round.map(({ id }) => acceptor.accept([aPosted({ externalId: id })], {}));
          for (const answer of await Promise.allSettled(answers)) {
            if (answer.status === 'fulfilled') for (const { id } of answer.value) acknowledged.add(id);
          }
          const inLog = log.records.map(({ key }) => key);
          expect([...acknowledged].filter((id) => !inLog.includes(id))).toEqual([]);
          identities.failing = false;
          log.failing = 'no';
          if (round[0]?.restart) acceptor = await openAcceptor({ log, identities, nowMs });
        }
        const keys = log.records.map(({ key }) => key);
        const instants = log.records.map(({ value }) => (value as { signal: { receivedAt: string } }).signal.receivedAt);
        expect(new Set(keys).size).toBe(keys.length);
        expect(instants).toEqual([...new Set(instants)].sort());
      }),
    );
  });
});
