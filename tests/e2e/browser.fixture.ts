import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** One page of a headless Chromium, driven over the DevTools protocol. */
export interface Browser extends AsyncDisposable {
  open(url: string): Promise<void>;
  /** The value of an expression in the page; throws what the page throws. */
  run(expression: string): Promise<unknown>;
  /** Resolves once the expression is true; throws after ten seconds. */
  until(expression: string): Promise<void>;
  type(text: string): Promise<void>;
  press(key: 'Enter' | 'Escape' | 'ArrowDown' | 'ArrowRight' | '/' | 'g'): Promise<void>;
  /** Errors, warnings and requests to other hosts since the page was opened. */
  problems(): readonly string[];
}

const Target = z.array(z.object({ type: z.string(), webSocketDebuggerUrl: z.string() }));
const Message = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});
const Evaluated = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z.object({ exception: z.object({ description: z.string() }).optional() }).optional(),
});
const Logged = z.object({ entry: z.object({ level: z.string(), text: z.string() }) });
const Requested = z.object({ request: z.object({ url: z.string() }) });

const codes = { Enter: 13, Escape: 27, ArrowDown: 40, ArrowRight: 39, '/': 191, g: 71 } as const;
/** Pictures inside the page, such as the browser's own on a date field, are asked of nobody. */
const isOwn = (url: string, origin: string): boolean => url.startsWith('data:') || url.startsWith(`${origin}/`);
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

async function pageOf(port: number): Promise<string> {
  for (let turn = 0; turn < 150; turn++) {
    const answer = await fetch(`http://127.0.0.1:${port}/json`).catch(() => undefined);
    const page = answer === undefined ? undefined : Target.parse(await answer.json()).find(({ type }) => type === 'page');
    if (page !== undefined) return page.webSocketDebuggerUrl;
    await pause(100);
  }
  throw new Error('Chromium did not start; this test needs `chromium` on the path');
}

export async function openBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const port = await freePort();
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--no-first-run',
    `--user-data-dir=${profile}`,
    `--remote-debugging-port=${port}`,
  ];
  const chromium = spawn('chromium', [...flags, 'about:blank'], { stdio: 'ignore' });
  const ended = new Promise((done) => chromium.once('exit', done).once('error', done));
  const socket = new WebSocket(await pageOf(port));
  await new Promise((done) => socket.addEventListener('open', done));
  const waiting = new Map<number, (result: unknown) => void>();
  let problems: string[] = [];
  let origin = '';
  socket.addEventListener('message', ({ data }) => {
    const { id, method, params, result } = Message.parse(JSON.parse(String(data)));
    if (id !== undefined) waiting.get(id)?.(result);
    if (method === 'Runtime.exceptionThrown') problems.push(JSON.stringify(params));
    if (method === 'Log.entryAdded') problems.push(Object.values(Logged.parse(params).entry).join(': '));
    if (method === 'Network.requestWillBeSent' && !isOwn(Requested.parse(params).request.url, origin))
      problems.push(`asked ${JSON.stringify(params)}`);
  });
  let sent = 0;
  const send = (method: string, params: object = {}): Promise<unknown> => {
    const id = ++sent;
    socket.send(JSON.stringify({ id, method, params }));
    return new Promise((done) => waiting.set(id, done));
  };
  const run = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = Evaluated.parse(
      await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }),
    );
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? 'the page threw');
    return result.value;
  };
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`);
  return {
    async open(url) {
      origin = new URL(url).origin;
      problems = [];
      await send('Page.navigate', { url });
    },
    run,
    async until(expression) {
      for (let turn = 0; turn < 100; turn++) {
        if ((await run(expression).catch(() => false)) === true) return;
        await pause(100);
      }
      throw new Error(`never came true: ${expression}`);
    },
    type: async (text) => void (await send('Input.insertText', { text })),
    async press(key) {
      const event = {
        key,
        windowsVirtualKeyCode: codes[key],
        ...(key.length === 1 ? { text: key } : key === 'Enter' ? { text: '\r' } : {}),
      };
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', key });
    },
    problems: () => problems,
    async [Symbol.asyncDispose]() {
      socket.close();
      chromium.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
