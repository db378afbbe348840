import type { DatabaseSync } from 'node:sqlite';

/** In which incident each signal is, by their numbers, four bytes each. */
export interface MembershipMap {
  /** The incident of every signal, 0 for none; the same array until the next change. */
  incidents(): Int32Array;
  /** Rises with every change. */
  version(): number;
  /** Takes over a change that is being written. */
  moved(signal: number, incident: number | null): void;
  /** Reads all again when it is asked next. */
  forget(): void;
}

const rowsPerQuestion = 16_384;

/** Reads the file once, when it is first asked, and is told of every change from then on. */
export function createMembershipMap(database: DatabaseSync): MembershipMap {
  const largest = database.prepare('SELECT max(seq) AS largest FROM known');
  // One text for many rows: to hand over a row costs more than to read it.
  const some = database.prepare(
    "SELECT group_concat(seq || ' ' || incident, ' ') AS pairs FROM known WHERE seq BETWEEN ? AND ? AND incident IS NOT NULL",
  );
  let loaded: Int32Array | undefined;
  let version = 0;

  function load(): Int32Array {
    const last = Number(largest.get()?.largest ?? 0);
    const incidents = new Int32Array(roomFor(last));
    for (let from = 0; from <= last; from += rowsPerQuestion) {
      const numbers = String(some.get(from, from + rowsPerQuestion - 1)?.pairs ?? '').split(' ');
      for (let at = 0; at + 1 < numbers.length; at += 2) incidents[Number(numbers[at])] = Number(numbers[at + 1]);
    }
    return incidents;
  }

  return {
    incidents: () => {
      loaded ??= load();
      return loaded;
    },
    version: () => version,
    moved(signal, incident) {
      version++;
      if (loaded === undefined) return;
      if (signal >= loaded.length) loaded = extended(loaded, roomFor(signal));
      loaded[signal] = incident ?? 0;
    },
    forget() {
      version++;
      loaded = undefined;
    },
  };
}

/** A quarter more than is needed, so that growing costs little for each signal. */
const roomFor = (last: number): number => Math.ceil(last * 1.25) + 1_024;

function extended(numbers: Int32Array, length: number): Int32Array {
  const longer = new Int32Array(length);
  longer.set(numbers);
  return longer;
}
