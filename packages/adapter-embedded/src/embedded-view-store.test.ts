import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openEmbeddedViewStore } from './embedded-view-store.ts';
import { temporaryDirectory } from './under-test.ts';

const progress = (nextOffset: number) => ({ topic: 't', partition: 0, nextOffset });
const membership = (signalId: string) => ({ signalId, incidentId: 'i', correlatedAt: '2026-11-24T21:00:00.000Z' });

const summary = {
  size: 2,
  severity: 'low',
  status: 'new',
  marking: { tlp: 'clear' },
  firstSeen: '',
  lastSeen: '',
  revision: 0,
  themes: [],
  domains: [],
  sectors: [],
  places: [],
  techniques: [],
  sourceTypes: [],
  sources: [],
};

describe('openEmbeddedViewStore', () => {
  it('keeps nothing of a save that fails in the middle, and everything of the one after it', async () => {
    using directory = temporaryDirectory();
    await using store = await openEmbeddedViewStore({ directory: directory.path });
    const circular: Record<string, unknown> = { ...summary };
    circular.self = circular;
    const broken = { id: 'i', summary: circular as never, lineage: [] };
    const first = { audience: 'a', progress: progress(1), memberships: [membership('x')] };

    const failed = store.save([first, { audience: 'a', progress: progress(2), memberships: [membership('y')], incidents: [broken] }]);

    await expect(failed).rejects.toThrow(/circular/);
    expect(await store.members('a', 'i')).toStrictEqual([]);
    expect(await store.progress('a', 't', 0)).toBe(0);
    await store.save([first]);
    expect(await store.members('a', 'i')).toStrictEqual(['x']);
  });

  it('answers with what another store over the same files has written since it was first asked, as the pipeline writes in a thread of its own', async () => {
    using directory = temporaryDirectory();
    await using writing = await openEmbeddedViewStore({ directory: directory.path });
    await using asking = await openEmbeddedViewStore({ directory: directory.path });
    const condition = { audience: 'a', minSize: 2, terms: ['theme:energy'] };
    const seen = async () => [
      (await asking.listIncidents({ ...condition, sort: 'size', limit: 9 })).map(({ id }) => id),
      await asking.countFacets(condition),
      await asking.countFacets({ ...condition, terms: [] }),
    ];
    await writing.save([{ audience: 'a', progress: progress(1) }]);
    expect(await seen()).toStrictEqual([[], [], []]);

    await writing.save([
      {
        audience: 'a',
        progress: progress(2),
        signals: ['x', 'y'].map((id, at) => ({
          ...{ id, position: at + 1, revision: 1, signal: null, enrichment: null, observables: [] },
          ...{ terms: ['theme:energy'], enrichedAt: '', queryableAt: '' },
        })),
        memberships: [membership('x'), membership('y')],
        incidents: [{ id: 'i', summary: { ...summary, id: 'i', themes: ['energy'] } as never, lineage: [] }],
      },
    ]);

    const [listed, some, all] = await seen();
    expect(listed).toStrictEqual(['i']);
    expect(some).toContainEqual({ kind: 'theme', value: 'energy', count: 1 });
    expect(all).toContainEqual({ kind: 'theme', value: 'energy', count: 1 });
  });

  it('acknowledges no save that did not reach the disk', async () => {
    using directory = temporaryDirectory();
    const synchronise = () => Promise.reject(new Error('EIO on purpose'));
    await using store = await openEmbeddedViewStore({ directory: directory.path, synchronise });

    await expect(store.save([{ audience: 'a', progress: progress(1) }])).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(store.check()).rejects.toMatchObject({ code: 'store-unavailable' });
  });

  it('takes no audience that is not a word, since it names a file', async () => {
    using directory = temporaryDirectory();
    await using store = await openEmbeddedViewStore({ directory: directory.path });

    await expect(store.members('../keys', 'i')).rejects.toThrow(RangeError);
  });

  it('empties a file whose tables have another form, so that the log fills it again', async () => {
    using directory = temporaryDirectory();
    {
      await using store = await openEmbeddedViewStore({ directory: directory.path });
      await store.save([{ audience: 'a', progress: progress(7), memberships: [membership('x')] }]);
    }
    const database = new DatabaseSync(join(directory.path, 'views', 'a.db'));
    database.exec('PRAGMA application_id = 1; DROP TABLE incidents; CREATE TABLE incidents (old TEXT)');
    database.close();

    await using store = await openEmbeddedViewStore({ directory: directory.path });

    expect(await store.progress('a', 't', 0)).toBe(0);
    expect(await store.listIncidents({ audience: 'a', minSize: 1, sort: 'activity', limit: 5, terms: [] })).toEqual([]);
  });
});
