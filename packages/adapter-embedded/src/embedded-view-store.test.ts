import { describe, expect, it } from 'vitest';
import { openEmbeddedViewStore } from './embedded-view-store.ts';
import { temporaryDirectory } from './under-test.ts';

const progress = (nextOffset: number) => ({ topic: 't', partition: 0, nextOffset });
const membership = (signalId: string) => ({ signalId, incidentId: 'i', correlatedAt: '2026-11-24T21:00:00.000Z' });

describe('openEmbeddedViewStore', () => {
  it('keeps nothing of a save that fails in the middle, and everything of the one after it', async () => {
    using directory = temporaryDirectory();
    await using store = await openEmbeddedViewStore({ directory: directory.path });
    const circular: Record<string, unknown> = {};
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
});
