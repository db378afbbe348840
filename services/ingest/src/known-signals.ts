import type { IdentityIndex, KnownSignal } from '@samenhang/ports';

/** What is known of signals: the index, and in front of it what was accepted and is still on its way there. */
export interface KnownSignals extends Pick<IdentityIndex, 'find'>, AsyncDisposable {
  /** Known from now on, in the index soon. Resolves once there is room for more; rejects when there is none and the index cannot be written. */
  keep(entries: readonly KnownSignal[]): Promise<void>;
}

/**
 * Writes the index behind the answers: the log holds all that is needed to write it again, so no answer waits for it. At most `mostUnsaved`
 * signals are on their way at any time, which bounds what the next start has to read again after a crash. With 0 nothing is written behind:
 * `keep` resolves once the index has the entries.
 */
export function openKnownSignals(index: IdentityIndex, mostUnsaved: number): KnownSignals {
  const unsaved = new Map<string, KnownSignal>();
  let saving: Promise<void> | undefined;

  const saveAll = async (): Promise<void> => {
    while (unsaved.size > 0) {
      const entries = [...unsaved.values()];
      await index.save(entries);
      for (const entry of entries) if (unsaved.get(entry.id) === entry) unsaved.delete(entry.id);
    }
  };
  const save = (): Promise<void> => {
    saving ??= saveAll().finally(() => {
      saving = undefined;
    });
    return saving;
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
    async keep(entries) {
      if (unsaved.size + entries.length > mostUnsaved) await save();
      for (const entry of entries) unsaved.set(entry.id, entry);
      if (mostUnsaved === 0) await save();
      else saveBehind();
    },
    [Symbol.asyncDispose]: save,
  };
}
