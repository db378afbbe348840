import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A post as it came, with what it was answered. */
export interface Posted {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly answered: Mood;
}

/** A status; `hang` never answers, `redirect` sends to an address of its own. */
export type Mood = number | 'hang' | 'redirect';

/** Somebody else's server that takes webhooks, in whatever mood it is. */
export interface WebhookReceiver extends AsyncDisposable {
  readonly url: string;
  readonly posted: readonly Posted[];
  /** How many requests came to where it redirected to. */
  strayed(): number;
  /** The mood of the next post, by its number from 1. */
  be(mood: (number: number) => Mood): void;
}

export async function openWebhookReceiver(): Promise<WebhookReceiver> {
  const posted: Posted[] = [];
  let strayed = 0;
  let moodOf: (number: number) => Mood = () => 204;
  const server = createServer(async (request, response) => {
    if (request.url !== '/hook') {
      strayed++;
      response.writeHead(204).end();
      return;
    }
    const answered = moodOf(posted.length + 1);
    const body = await text(request);
    posted.push({ id: String(request.headers['webhook-id']), headers: request.headers, body, answered });
    answer(response, answered);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    posted,
    strayed: () => strayed,
    be(mood) {
      moodOf = mood;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(response: ServerResponse, mood: Mood): void {
  if (mood === 'redirect') response.writeHead(307, { location: '/elsewhere' }).end();
  else if (typeof mood === 'number') response.writeHead(mood, { 'retry-after': '1' }).end('x'.repeat(100_000));
}

/** True when a post carries the signature of the Standard Webhooks, computed from their specification alone. */
export function isSigned({ headers, body }: Posted, secret: Buffer): boolean {
  const mac = createHmac('sha256', secret).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64');
  const ageSeconds = Date.now() / 1_000 - Number(headers['webhook-timestamp']);
  return headers['webhook-signature'] === `v1,${mac}` && Math.abs(ageSeconds) < 300;
}
