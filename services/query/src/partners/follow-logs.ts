import { isCorrelationInput, isIncidentChanged, topics } from '@samenhang/events';
import type { DeliveredRecord, EventLog } from '@samenhang/ports';
import { createExportCatalogue, type ExportCatalogue } from './export-catalogue.ts';

type Log = Pick<EventLog, 'ends' | 'read'>;

interface Followed {
  readonly catalogue: ExportCatalogue;
  nextInput: number;
  nextChange: number;
  reading: Promise<void>;
}

const { correlationInputs, incidentsChanged } = topics;

export interface ExportCatalogues {
  /** The catalogue of a partition, with everything that its log holds at the time of the call. */
  of(partition: number): Promise<ExportCatalogue>;
}

/**
 * Keeps the catalogue of each audience that was asked for, by reading its two logs as one: the inputs that a change follows from come before it. The logs alone
 * decide, so that every process, also after a restart, gives the same objects in the same order with the same times.
 */
export function followLogs(log: Log): ExportCatalogues {
  const followed = new Map<number, Followed>();
  return {
    async of(partition) {
      const known = followed.get(partition) ?? {
        catalogue: createExportCatalogue(),
        nextInput: 0,
        nextChange: 0,
        reading: Promise.resolve(),
      };
      followed.set(partition, known);
      // One reads at a time; a reading that failed is tried again by the next, from where it came to.
      known.reading = known.reading.catch(() => undefined).then(() => catchUp(log, partition, known));
      await known.reading;
      return known.catalogue;
    },
  };
}

async function catchUp(log: Log, partition: number, known: Followed): Promise<void> {
  const end = (await log.ends(incidentsChanged.name))[partition] ?? 0;
  if (end <= known.nextChange) return;
  const inputs = readAll(log, { topic: correlationInputs.name, partition, offset: known.nextInput });
  try {
    let input = await inputs.next();
    for await (const { offset, value, timestampMs } of readAll(log, {
      topic: incidentsChanged.name,
      partition,
      offset: known.nextChange,
    })) {
      if (isIncidentChanged(value)) {
        for (; !input.done && input.value.offset < value.batch.through; input = await inputs.next()) {
          if (isCorrelationInput(input.value.value)) known.catalogue.input(input.value.value, input.value.offset, timestampMs);
          known.nextInput = input.value.offset + 1;
        }
        known.catalogue.change(value, timestampMs);
      }
      known.nextChange = offset + 1;
    }
  } finally {
    await inputs.return(undefined);
  }
}

async function* readAll(log: Log, from: { topic: string; partition: number; offset: number }): AsyncGenerator<DeliveredRecord> {
  for await (const records of log.read(from, { maxBatch: 500 })) yield* records;
}
