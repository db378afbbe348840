import type { IdentityIndex, KnownSignal } from '@samenhang/ports';

/** What is known of signals: the index, and in front of it what was accepted and is still on its way there. */
export interface KnownSignals extends Pick<IdentityIndex, 'find'>, AsyncDisposable {
  /**
   * Known from now on, in the index later: all that so many records of the log said. Resolves once there is room for more; rejects when there is none
   * and the index cannot be written.
   */
  keep(entries: readonly KnownSignal[], records: number): Promise<void>;
  /** Resolves once the index has everything that was kept before the call. */
  settle(): Promise<void>;
}

/** So many entries at most are written to the index in one go. */
const savedAtOnce = 1_000;

/**
 * Writes the index behind the answers, many entries at once: the log holds all that is needed to write it again, so no answer waits for it. What at most
 * `mostUnsaved` records said is not in the index at any time, which bounds what the next start has to read again after a crash. With 0 nothing is
 * written behind: `keep` resolves once the index has the entries.
 */
export function openKnownSignals(index: IdentityIndex, mostUnsaved: number): KnownSignals {
  const unsaved = new Map<string, KnownSignal>();
  let unsavedRecords = 0;
  let saving: Promise<void> | undefined;

  const saveNow = async (): Promise<void> => {
    const [entries, records] = [[...unsaved.values()], unsavedRecords];
    // What an index keeps in the order of ids is touched once by each part; no part keeps requests waiting for long.
    entries.sort((a, b) => (a.id < b.id ? -1 : 1));
    for (let from = 0; from < entries.length; from += savedAtOnce) {
      const part = entries.slice(from, from + savedAtOnce);
      await index.save(part);
      for (const entry of part) if (unsaved.get(entry.id) === entry) unsaved.delete(entry.id);
    }
    unsavedRecords -= records;
  };
  const save = (): Promise<void> => {
    saving ??= saveNow().finally(() => {
      saving = undefined;
    });
    return saving;
  };
  const saveUntil = async (mostLeft: number): Promise<void> => {
    while (unsavedRecords > Math.max(0, mostLeft)) await save();
  };
  /** A failure is not lost: the entries stay, and whoever finds no room left is told. */
  const saveBehind = (): void => void save().catch(() => undefined);

  return {
    async find(ids) {
      const found = new Map<string, KnownSignal>();
      for (const id of ids) {
        const entry = unsaved.get(id);
        if (entry !== undefined) found.set(id, entry);
      }
      for (const [id, entry] of await index.find(ids.filter((id) => !found.has(id)))) found.set(id, entry);
      return found;
    },
    async keep(entries, records) {
      await saveUntil(mostUnsaved - records);
      for (const entry of entries) unsaved.set(entry.id, entry);
      unsavedRecords += records;
      if (mostUnsaved === 0) await saveUntil(0);
      else if (unsavedRecords * 2 > mostUnsaved) saveBehind();
    },
    settle: () => saveUntil(0),
    [Symbol.asyncDispose]: () => saveUntil(0),
  };
}
