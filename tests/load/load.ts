import { once } from 'node:events';
import { connect } from 'node:net';
import autocannon from 'autocannon';
import { createAnswerReader } from './answer-reader.ts';

export interface Posting {
  readonly key: string;
  /** The body of the n-th request. */
  readonly body: (n: number) => Buffer;
  readonly type: 'application/json' | 'application/x-ndjson';
  readonly connections: number;
}

/**
 * Requests answered 2xx while so many connections post, each as soon as it is answered, for so many seconds. Does so little for each that the server is what
 * is measured: on a machine of two cores a full HTTP client is busier than a server that only echoes. Throws when anything else was answered.
 */
export async function post(url: string, { key, body, type, connections }: Posting, seconds: number, first: number): Promise<number> {
  const { hostname, port } = new URL(url);
  const head = `POST /v1/signals HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: ${type}\r\nAuthorization: Bearer ${key}\r\nContent-Length: `;
  const until = performance.now() + seconds * 1_000;
  let sent = first;
  const one = async (): Promise<void> => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const send = (): void => {
      const content = body(sent++);
      socket.write(Buffer.concat([Buffer.from(`${head}${content.length}\r\n\r\n`), content]));
    };
    const read = createAnswerReader((status) => {
      if (status < 200 || status > 299) socket.destroy(new Error(`answered ${status}`));
      else if (performance.now() < until) send();
      else socket.end();
    });
    socket.on('data', read).once('connect', send);
    await once(socket, 'close');
    if (socket.errored !== null) throw socket.errored;
  };
  await Promise.all(Array.from({ length: connections }, one));
  return sent - first;
}

/** Requests answered 2xx per second, and the median and 99th percentile of their latency in milliseconds. */
export async function readingRate(url: string, headers: Readonly<Record<string, string>>, seconds: number) {
  const result = await autocannon({ url, headers: { ...headers }, connections: 8, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} errors`);
  return { perSecond: result.requests.total / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}
