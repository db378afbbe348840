import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Browser, openBrowser } from './browser.fixture.ts';

const ClientFile = z.object({ url: z.string(), keys: z.object({ adapter: z.string(), analyst: z.string(), operator: z.string() }) });
const directory = mkdtempSync(join(tmpdir(), 'console-'));
let service: ChildProcess;
let browser: Browser;
let client: z.infer<typeof ClientFile>;

const started = (child: ChildProcess): Promise<void> =>
  new Promise((done, fail) => {
    child.stdout?.on('data', (chunk) => {
      if (String(chunk).includes('ready http')) done();
    });
    child.once('exit', () => fail(new Error('the service ended before it was ready')));
  });

const signal = (number: number, title: string) => ({
  source: `embassy-${number}`,
  externalId: `r-${number}`,
  sourceType: 'embassy',
  title,
  observedAt: `2026-03-0${number}`,
  observables: [{ type: 'sha256', value: 'ab'.repeat(32) }],
  marking: { tlp: 'green' },
});

async function settled(): Promise<void> {
  const headers = { authorization: `Bearer ${client.keys.operator}` };
  for (;;) {
    const status = z.object({ settled: z.boolean() }).parse(await (await fetch(`${client.url}/v1/pipeline`, { headers })).json());
    if (status.settled) return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

beforeAll(async () => {
  service = spawn(process.execPath, ['services/standalone/src/main.ts', '--port', '0', '--data', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  [browser] = await Promise.all([openBrowser(), started(service)]);
  client = ClientFile.parse(JSON.parse(readFileSync(join(directory, 'client.json'), 'utf8')));
  const body = JSON.stringify([
    signal(1, 'A grey trawler above the cable'),
    signal(2, 'The trawler came back'),
    signal(3, '<img src=x onerror=alert(1)>'),
  ]);
  const headers = { authorization: `Bearer ${client.keys.adapter}`, 'content-type': 'application/json' };
  expect((await fetch(`${client.url}/v1/signals`, { method: 'POST', headers, body })).status).toBe(202);
  await settled();
});

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  service?.kill();
  await new Promise((done) => service?.once('exit', done));
  rmSync(directory, { recursive: true, force: true });
});

test('an analyst finds an incident, reads why its reports are linked, and walks back, with the keyboard alone', async () => {
  await browser.open(`${client.url}/`);
  await browser.until("document.activeElement?.id === 'key'");
  await browser.type(client.keys.analyst);
  await browser.press('Enter');
  await browser.until("document.querySelectorAll('#incidents a').length === 1");
  await browser.press('/');
  await browser.type('trawler');
  await browser.press('Enter');
  await browser.until("document.activeElement?.matches('#incidents a') === true");
  await browser.press('Enter');
  await browser.until("document.querySelector('#detail h1')?.textContent === 'A grey trawler above the cable'");

  expect(await browser.run("document.querySelectorAll('.graph .node').length")).toBe(3);
  expect(await browser.run("document.querySelector('.chosen-panel .ledger .total .says').textContent")).toBe('Together: linked');
  expect(await browser.run("document.querySelectorAll('#detail img').length")).toBe(0);

  await browser.press('g');
  await browser.press('ArrowRight');
  await browser.press('Enter');
  await browser.until("location.hash.startsWith('#/signal/') && document.querySelector('.report h1') !== null");
  await browser.press('Escape');
  await browser.until("location.hash.startsWith('#/incident/')");
  expect(browser.problems()).toEqual([]);
});

test('what an analyst judges changes the incident before their eyes', async () => {
  await browser.until("document.querySelector('.judge button') !== null");
  await browser.run(
    "[...document.querySelectorAll('select.status')].forEach((select) => { select.value = 'in_progress'; select.dispatchEvent(new Event('change')); })",
  );
  await browser.until("document.getElementById('judge').open");
  await browser.type('Taken up');
  await browser.run("document.querySelector('#judge-form button[value=send]').click()");

  await browser.until("document.querySelector('#detail .report-line')?.textContent.includes('Taken up')");
  expect(await browser.run("document.querySelector('select.status').value")).toBe('in_progress');
  expect(browser.problems()).toEqual([]);
});

test('the page of the interface lists every operation', async () => {
  await browser.open(`${client.url}/docs`);
  await browser.until("document.querySelectorAll('details').length > 8");

  expect(
    await browser.run("[...document.querySelectorAll('summary code')].map((code) => code.textContent).includes('/v1/incidents/{id}')"),
  ).toBe(true);
  expect(browser.problems()).toEqual([]);
});
