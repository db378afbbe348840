import { benchKey } from './bench-key.ts';
import { type BenchRow, compared } from './bench-row.ts';
import { benchSignals } from './bench-signals.ts';
import { startChild } from './child-server.ts';
import { postingRate } from './load.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const perBatch = 200;

/** Ingest against a bare Fastify that echoes the same body: one signal, an array, NDJSON; what validation costs and what durability costs. */
export async function benchIngest(size: number): Promise<readonly BenchRow[]> {
  const seconds = Math.max(2, Math.min(8, size / 3_000));
  const drafts = [...benchSignals(2_000)].map((draft) => JSON.stringify(draft));
  // A fresh external id per signal, or all but the first round would be duplicates.
  const fresh = (n: number): string => (drafts[n % drafts.length] ?? '').replace('"externalId":"', `"externalId":"${n}-`);
  const batch = (n: number): readonly string[] => Array.from({ length: perBatch }, (_, at) => fresh(n * perBatch + at));
  const single = { body: fresh, type: 'application/json', connections: 32, seconds } as const;
  const list = { body: (n: number) => `[${batch(n).join(',')}]`, type: 'application/json', connections: 4, seconds } as const;
  const ndjson = { body: (n: number) => batch(n).join('\n'), type: 'application/x-ndjson', connections: 4, seconds } as const;
  const measure = async (mode: string, posting: typeof single | typeof list | typeof ndjson): Promise<number> => {
    using directory = temporaryDirectory();
    await using server = await startChild('./ingest-server.child.ts', [mode, directory.path]);
    const rate = await postingRate({ ...posting, url: server.url, key: benchKey.key });
    return posting === single ? rate : rate * perBatch;
  };
  const echo = await measure('echo', single);
  const echoList = await measure('echo', list);
  const unit = 'signals/s';
  const note = 'against one signal per request through a bare echo';
  return [
    compared({ name: 'POST one, validated', value: await measure('validated', single), unit, baseline: echo }),
    compared({ name: 'POST one, durable', value: await measure('durable', single), unit, baseline: echo }),
    compared({
      name: `POST array of ${perBatch}, durable`,
      value: await measure('durable', list),
      unit,
      baseline: echoList,
      note: 'against the same array echoed',
    }),
    compared({ name: `POST NDJSON of ${perBatch}, durable`, value: await measure('durable', ndjson), unit, baseline: echo, note }),
  ];
}
