import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@samenhang/client';
import { aPostedSignal } from '@samenhang/testing';
import { expect, test } from 'vitest';
import { type RunningService, startService, temporaryDirectory } from './service.fixture.ts';
import { isSigned, openWebhookReceiver, type Posted } from './webhook-receiver.ts';

const secret = Buffer.from('not a secret but long enough for one');

const subjects = ['norrviken ferry', 'quillfeather vaccine', 'alpenglow reactor', 'ostermoor cable'];

/** A report on one of three things, or on a fourth that is red; those on one thing belong together. */
const reportOf = (number: number, tlp: 'amber' | 'red' = 'amber') => {
  const subject = subjects[tlp === 'red' ? 3 : number % 3] ?? '';
  const [name, thing] = subject.split(' ');
  return aPostedSignal({
    source: `embassy-${number % 4}`,
    externalId: `r-${number}-${tlp}`,
    title: `Unspeakable ${thing} of ${name}`,
    text: `Number ${number} on ${subject}.`,
    observables: [{ type: 'domain', value: `${name}.example` }],
    observedAt: `2026-0${1 + subjects.indexOf(subject) * 2}-0${1 + (number % 9)}T10:00:00Z`,
    marking: { tlp },
  });
};

interface Incident {
  readonly id: string;
  readonly size: number;
  readonly revision: number;
}

const postTo = async (service: RunningService, signals: readonly ReturnType<typeof reportOf>[]): Promise<void> => {
  const adapter = createClient({ url: service.url, key: service.keys.adapter });
  for await (const { status } of adapter.postSignals(signals)) expect(status).toBe('accepted');
  await service.settled();
};
const incidentsOf = async (service: RunningService): Promise<readonly Incident[]> =>
  ((await (await service.get('/v1/incidents?minSize=2&limit=100', 'analyst')).json()) as { items: Incident[] }).items;
const dataOf = ({ body }: Posted) => JSON.parse(body).data;
const until = async (so: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await so())) await sleep(50);
};

test('a webhook is told of every change through failures, a hang, a redirect and a kill, and nobody waits for it', async () => {
  using data = temporaryDirectory();
  await using receiver = await openWebhookReceiver();
  const config = join(data.path, 'samenhang.yaml');
  const webhook = `{name: ops, audience: fusion-cell, url: "${receiver.url}", secretFrom: HOOK_SECRET}`;
  writeFileSync(config, `audiences: [{id: fusion-cell, name: Cell, tlpMax: red, communities: all}]\nwebhooks: [${webhook}]\n`);
  const start = () => startService(data.path, ['--config', config], { HOOK_SECRET: `whsec_${secret.toString('base64')}` });
  let service = await start();

  receiver.be((number) => (number === 1 ? 503 : number === 2 ? 'redirect' : number === 3 ? 'hang' : 503));
  await postTo(
    service,
    [0, 1, 2, 3, 4, 5].map((number) => reportOf(number)),
  );
  await postTo(
    service,
    [0, 3].map((number) => reportOf(number, 'red')),
  );
  await until(() => receiver.posted.length >= 4);
  expect((await fetch(`${service.url}/ready`)).status).toBe(200);
  const said = service.said();
  await service.kill();

  receiver.be(() => 204);
  service = await start();
  await postTo(
    service,
    [6, 7, 8, 9].map((number) => reportOf(number)),
  );
  const incidents = await incidentsOf(service);
  const told = () => new Map(receiver.posted.filter(({ answered }) => answered === 204).map((each) => [dataOf(each).id, dataOf(each)]));
  await until(() => [...told().values()].filter(({ size }) => size >= 3).length === 3);

  expect(incidents.filter(({ id }) => !told().has(id))).toHaveLength(1);
  for (const { id, size, revision } of incidents) if (told().has(id)) expect(told().get(id)).toMatchObject({ size, revision });
  expect(receiver.posted.every((each) => isSigned(each, secret))).toBe(true);
  expect(receiver.strayed()).toBe(0);
  expect(new Set(receiver.posted.slice(0, 5).map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
  const revisions = Map.groupBy(receiver.posted.map(dataOf), ({ id }) => id);
  for (const [, some] of revisions)
    expect(some.map(({ revision }) => revision)).toEqual(some.map(({ revision }) => revision).sort((a, b) => a - b));
  for (const hidden of ['Unspeakable', secret.toString('base64')]) {
    expect(receiver.posted.some(({ body, headers }) => (body + JSON.stringify(headers)).includes(hidden))).toBe(false);
    expect(said + service.said()).not.toContain(hidden);
  }
  expect(await service.stop()).toBe(0);
});

test('what a webhook refuses waits among the rejected and reaches it under the same id once it is retried', async () => {
  using data = temporaryDirectory();
  await using receiver = await openWebhookReceiver();
  const config = join(data.path, 'samenhang.yaml');
  const webhook = `{name: ops, audience: fusion-cell, url: "${receiver.url}", secretFrom: HOOK_SECRET}`;
  writeFileSync(config, `webhooks: [${webhook}]\n`);
  const service = await startService(data.path, ['--config', config], { HOOK_SECRET: secret.toString('base64') });
  const operate = (path: string, method = 'GET') =>
    fetch(service.url + path, { method, headers: { authorization: `Bearer ${service.keys.operator}` } });
  const waiting = async () => {
    const { items } = (await (await operate('/v1/rejected')).json()) as { items: { id: string; code: string; state: string }[] };
    return items.filter(({ state }) => state === 'waiting');
  };

  receiver.be(() => 410);
  await postTo(
    service,
    [0, 3].map((number) => reportOf(number)),
  );
  await until(async () => (await waiting()).length === 1);
  const before = await incidentsOf(service);
  const [refused] = await waiting();
  receiver.be(() => 204);
  await operate(`/v1/rejected/${refused?.id}/retry`, 'POST');
  await until(() => receiver.posted.length === 2);
  await service.settled();

  expect(refused?.code).toBe('webhook-refused');
  expect(new Set(receiver.posted.map((each) => `${each.id} ${each.body}`)).size).toBe(1);
  expect(await incidentsOf(service)).toEqual(before);
  expect(await service.stop()).toBe(0);
});

test('a service that is told to stop does not wait for a webhook that hangs', async () => {
  using data = temporaryDirectory();
  await using receiver = await openWebhookReceiver();
  const config = join(data.path, 'samenhang.yaml');
  writeFileSync(config, `webhooks: [{name: ops, audience: fusion-cell, url: "${receiver.url}", secretFrom: HOOK_SECRET}]\n`);
  const service = await startService(data.path, ['--config', config], { HOOK_SECRET: secret.toString('base64') });

  receiver.be(() => 'hang');
  await postTo(
    service,
    [0, 3].map((number) => reportOf(number)),
  );
  await until(() => receiver.posted.length === 1);
  const began = performance.now();

  expect(await service.stop()).toBe(0);
  expect(performance.now() - began).toBeLessThan(8_000);
});
