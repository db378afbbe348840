import { once } from 'node:events';
import { connect } from 'node:net';
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

/** What one measurement of reading gives: latencies in milliseconds. */
export interface Latencies {
  readonly p50: number;
  readonly p99: number;
  readonly requests: number;
}

interface Reading {
  /** Asked in turn by all connections together. */
  readonly paths: readonly string[];
  readonly key: string;
  readonly connections: number;
}

/** So many requests at least, whatever they take: fewer have no 99th percentile. */
const fewestRequests = 200;

/** How long answers take while so many connections ask, each as soon as it was answered, for so many seconds and requests. Throws when anything but 2xx was answered. */
export async function readLatencies(url: string, { paths, key, connections }: Reading, seconds: number): Promise<Latencies> {
  const { hostname, port, host } = new URL(url);
  const requests = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key}\r\n\r\n`));
  const until = performance.now() + seconds * 1_000;
  const took: number[] = [];
  let asked = 0;
  const one = async (): Promise<void> => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let since = 0;
    const ask = (): void => {
      since = performance.now();
      socket.write(requests[asked++ % requests.length] ?? '');
    };
    const read = createAnswerReader((status) => {
      const now = performance.now();
      took.push(now - since);
      if (status < 200 || status > 299) socket.destroy(new Error(`answered ${status}`));
      else if (now < until || took.length < fewestRequests) ask();
      else socket.end();
    });
    socket.on('data', read).once('connect', ask);
    await once(socket, 'close');
    if (socket.errored !== null) throw socket.errored;
  };
  await Promise.all(Array.from({ length: connections }, one));
  took.sort((a, b) => a - b);
  return { p50: quantile(took, 0.5), p99: quantile(took, 0.99), requests: took.length };
}

const quantile = (ascending: readonly number[], share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN;
