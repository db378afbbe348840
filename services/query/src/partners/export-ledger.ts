import { type ExportRecorded, isExportRecorded, topics } from '@samenhang/events';
import type { EventLog } from '@samenhang/ports';

/** That somebody was given a signal. */
export interface SignalExport {
  readonly at: string;
  readonly by: string;
  readonly audience: string;
  readonly how: ExportRecorded['how'];
  readonly revision: number;
}

export interface ExportLedger {
  /** Resolves once it is durable that these were given away; to be awaited before they are. What holds nothing is not kept. */
  record(given: ExportRecorded): Promise<void>;
  /** Who was given a signal, in which revision and when, newest first. */
  exportsOf(signal: string): Promise<readonly SignalExport[]>;
}

const topic = topics.exportsRecorded.name;

/** The ledger on its topic, with an index in memory that reads on from where it came to. */
export function openExportLedger(log: Pick<EventLog, 'append' | 'ends' | 'read'>): ExportLedger {
  const bySignal = new Map<string, SignalExport[]>();
  let next = 0;
  let reading = Promise.resolve();

  async function readOn(): Promise<void> {
    if (((await log.ends(topic))[0] ?? 0) <= next) return;
    for await (const records of log.read({ topic, partition: 0, offset: next })) {
      for (const { offset, value } of records) {
        if (isExportRecorded(value)) index(value);
        next = offset + 1;
      }
    }
  }

  function index({ at, by, audience, how, signals }: ExportRecorded): void {
    for (const [id, revision] of signals) {
      const known = bySignal.get(id);
      const given = { at, by, audience, how, revision };
      if (known === undefined) bySignal.set(id, [given]);
      else known.push(given);
    }
  }

  return {
    async record(given) {
      if (given.signals.length + given.incidents.length > 0) await log.append(topic, [{ key: given.audience, value: given }]);
    },
    async exportsOf(signal) {
      reading = reading.catch(() => undefined).then(readOn);
      await reading;
      return (bySignal.get(signal) ?? []).toReversed();
    },
  };
}
