import autocannon from 'autocannon';

interface Posting {
  readonly url: string;
  readonly key: string;
  /** The body of the n-th request. */
  readonly body: (n: number) => string;
  readonly type: 'application/json' | 'application/x-ndjson';
  readonly connections: number;
  readonly seconds: number;
}

/** Requests answered 2xx per second while so many connections post as fast as they are answered. Throws when anything else was answered. */
export async function postingRate({ url, key, body, type, connections, seconds }: Posting): Promise<number> {
  let n = 0;
  const result = await autocannon({
    url: `${url}/v1/signals`,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': type, authorization: `Bearer ${key}` },
        setupRequest: (request) => ({ ...request, body: body(n++) }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused, ${result.errors} errors of ${result.requests.total}`);
  return result.requests.total / result.duration;
}

/** Requests answered 2xx per second, and the median and 99th percentile of their latency in milliseconds. */
export async function readingRate(url: string, headers: Readonly<Record<string, string>>, seconds: number) {
  const result = await autocannon({ url, headers: { ...headers }, connections: 8, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} errors`);
  return { perSecond: result.requests.total / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}
