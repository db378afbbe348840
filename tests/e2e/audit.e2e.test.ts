import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@samenhang/client';
import { auditPlacesOf, keyFileOf, openKeyRing, verifyAudit } from '@samenhang/runtime';
import { aPostedSignal } from '@samenhang/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startService, temporaryDirectory } from './service.fixture.ts';

const Accepted = z.object({ id: z.uuid() });
const reports = ['one', 'two'].map((externalId) =>
  aPostedSignal({
    externalId,
    title: `SECRETWORD ${externalId}`,
    observables: [{ type: 'domain', value: 'secretword.example' }],
    marking: { tlp: 'red' },
  }),
);

test('the audit trail of a service that was killed is whole, tells who did and read what, and holds nothing of it; a key ends with its revocation', async () => {
  using data = temporaryDirectory();
  const service = await startService(data.path);
  const ids: string[] = [];
  for await (const { id } of createClient({ url: service.url, key: service.keys.adapter }).postSignals(reports)) ids.push(id ?? '');
  await service.settled();
  const [a = '', b = ''] = ids;
  const judged = await fetch(`${service.url}/v1/judgements`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.keys.analyst}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'same', a, b, reason: 'SECRETWORD', marking: { tlp: 'red' } }),
  });
  const judgement = Accepted.parse(await judged.json()).id;
  expect((await service.get(`/v1/signals/${a}?`, 'analyst')).status).toBe(200);
  expect((await service.get('/v1/observables/domain/secretword.example', 'analyst')).status).toBe(200);
  const [analyst] = openKeyRing(keyFileOf(data.path))
    .list()
    .filter(({ role }) => role === 'analyst');
  openKeyRing(keyFileOf(data.path)).revoke(analyst?.id ?? '');
  expect((await service.get(`/v1/signals/${a}`, 'analyst')).status).toBe(401);
  await sleep(1_000);

  await service.kill();

  const places = auditPlacesOf({ data: data.path });
  expect(verifyAudit(places)).toMatchObject([{ fault: null }]);
  const text = readdirSync(places.directory).map((file) => readFileSync(join(places.directory, file), 'utf8'));
  const told = text
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ action, object, tlp }) => [action, object, tlp]);
  expect(told.filter(([action]) => action === 'key-created')).toHaveLength(3);
  expect(told).toEqual(
    expect.arrayContaining([
      ['judge', `POST /v1/judgements ${judgement}`, 'red'],
      ['read', `GET /v1/signals/:id ${a}`, 'red'],
      ['read', 'GET /v1/observables/:type/:value', 'red'],
    ]),
  );
  expect(text.join('')).not.toMatch(/secretword/i);
}, 120_000);
