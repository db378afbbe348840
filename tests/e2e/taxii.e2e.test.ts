import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@samenhang/client';
import { keyFileOf, openKeyRing } from '@samenhang/runtime';
import { aPostedSignal } from '@samenhang/testing';
import { expect, test } from 'vitest';
import { collectTaxii } from '../../services/collect/src/collect-taxii.ts';
import { FetchLimits, TaxiiServer } from '../../services/collect/src/config.ts';
import { openCursorStore } from '../../services/collect/src/cursor-store.ts';
import { createGuardedFetch } from '../../services/collect/src/guarded-fetch.ts';
import { createTaxiiClient } from '../../services/collect/src/taxii-server.ts';
import { type RunningService, startService } from './service.fixture.ts';

type Collected = Parameters<Parameters<typeof collectTaxii>[0]['post']>[0];

/** Our own collector with its place kept in a directory, looking at the service as a partner would; what it would post is kept. */
async function partnerOf(service: RunningService, key: string, directory: string) {
  const server = TaxiiServer.parse({ name: 'partner', url: `${service.url}/taxii2/`, pageSize: 12 });
  const limits = FetchLimits.parse({ pages: 4 });
  const fetch = createGuardedFetch({ ...limits, hosts: ['127.0.0.1'], privateNetworks: true });
  const client = createTaxiiClient({ url: server.url, headers: { authorization: `Bearer ${key}` }, fetch, nowMs: Date.now });
  const [cursors, reports] = [await openCursorStore(join(directory, 'cursors')), await openCursorStore(join(directory, 'reports'))];
  const posted: Collected[number][] = [];
  const post = async (signals: Collected) => {
    posted.push(...signals);
    return { accepted: signals.length, duplicate: 0, rejected: [] };
  };
  return {
    posted,
    async lookAll(): Promise<void> {
      for (let more = true; more; ) {
        const end = await collectTaxii({ server, client, cursors, reports, limits, post });
        if (end.kind !== 'done') throw new Error(end.reason);
        more = end.more === true;
      }
    },
  };
}

const reportOf = (number: number, revision = 1, tlp: 'green' | 'amber' | 'red' = 'amber') =>
  aPostedSignal({
    source: 'embassy-riga',
    externalId: `r-${number}`,
    revision,
    title: `Report ${number} of kestrel-${number % 5}`,
    observables: [{ type: 'domain', value: `kestrel-${number % 5}.example` }],
    marking: { tlp },
  });

const said = (signals: Collected): readonly string[] =>
  signals.map(({ title, kind, observables }) => JSON.stringify([title, kind, observables])).sort();

test('our own collector reads everything that may leave from our TAXII server, nothing lost and nothing doubled, also over a restart', async () => {
  const data = mkdtempSync(join(tmpdir(), 'taxii-'));
  const directory = join(data, 'partner');
  let service = await startService(data);
  const { key } = openKeyRing(keyFileOf(data)).create({ name: 'Estonia', role: 'partner', audiences: ['ras-community'], sources: [] });
  const post = async (signals: readonly ReturnType<typeof reportOf>[]) => {
    const adapter = createClient({ url: service.url, key: service.keys.adapter });
    for await (const { status } of adapter.postSignals(signals)) expect(status).toBe('accepted');
    await service.settled();
  };
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
  try {
    const first = await partnerOf(service, key, directory);
    await post(numbers(0, 40).map((number) => reportOf(number)));
    await post(numbers(100, 5).map((number) => reportOf(number, 1, 'red')));
    await first.lookAll();
    expect(said(first.posted)).toEqual(said(numbers(0, 40).map((number) => reportOf(number))));

    // The place in a collection is kept by its address.
    const port = new URL(service.url).port;
    await service.stop();
    service = await startService(data, ['--port', port]);
    const again = await partnerOf(service, key, directory);
    await again.lookAll();
    expect(said(again.posted)).toEqual([]);

    await post([...numbers(40, 10).map((number) => reportOf(number)), reportOf(3, 2)]);
    await again.lookAll();
    expect(said(again.posted)).toEqual(said([...numbers(40, 10).map((number) => reportOf(number)), reportOf(3)]));

    await post([aPostedSignal({ ...reportOf(4, 2), kind: 'retraction' })]);
    const before = again.posted.length;
    await again.lookAll();
    expect(said(again.posted.slice(before))).toEqual([JSON.stringify([reportOf(4).title, 'retraction', reportOf(4).observables])]);

    const fresh = await partnerOf(service, key, join(data, 'fresh'));
    await fresh.lookAll();
    const standing = numbers(0, 50).map((number) =>
      number === 4 ? aPostedSignal({ ...reportOf(4), kind: 'retraction' }) : reportOf(number),
    );
    expect(said(fresh.posted)).toEqual(said(standing));
  } finally {
    await service.stop();
    rmSync(data, { recursive: true, force: true });
  }
}, 180_000);
