import { setTimeout as sleep } from 'node:timers/promises';
import type { SignalDraft } from '@samenhang/domain';
import { z } from 'zod';
import { type PostResult, type PostSettings, postLines } from './post-lines.ts';
import { localProblem, ProblemError, parseJson, problemOfAnswer } from './problem-error.ts';
import { defaultRetry, type RetrySettings, waitBefore, worthRepeating } from './retry.ts';

export interface ClientSettings {
  /** Where the service is, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly key: string;
  /** For which audience to ask; the first of the key when absent. */
  readonly audience?: string | undefined;
  readonly retry?: RetrySettings;
  /** Told before each wait for another try. */
  readonly waiting?: (why: string, ms: number) => void;
  readonly fetch?: typeof fetch;
  readonly wait?: (ms: number) => Promise<unknown>;
  readonly chance?: () => number;
}

/** An answer of the service that is not an error. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Client {
  /** Posts each signal, many per request; gives one result per signal in order. Holds a few requests in memory. Posting the same again is harmless. Throws a ProblemError when the service does not take a request. */
  postSignals(signals: AsyncIterable<SignalDraft> | Iterable<SignalDraft>, settings?: Partial<PostSettings>): AsyncGenerator<PostResult>;
  /** Like postSignals for signals that are JSON text already, one each, without line breaks. */
  postLines(lines: AsyncIterable<string> | Iterable<string>, settings?: Partial<PostSettings>): AsyncGenerator<PostResult>;
  /** What `GET path` says, as the schema reads it. Throws a ProblemError for every answer that is not 2xx. */
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  /** Like get, for `POST path` with this JSON body, if any. */
  post<T>(path: string, schema: z.ZodType<T>, body?: unknown): Promise<T>;
  /** Every item of a paged list, page after page. */
  pages<T>(path: string, item: z.ZodType<T>): AsyncGenerator<readonly T[]>;
}

/** A client of one service with one key. Repeats what failed on the way or was answered 429 or 503, with a growing random wait; every request is safe to repeat. */
export function createClient(settings: ClientSettings): Client {
  const { url, key, audience, retry = defaultRetry, waiting } = settings;
  const { fetch: send = fetch, wait = sleep, chance = Math.random } = settings;
  const headers = { authorization: `Bearer ${key}`, ...(audience === undefined ? {} : { 'samenhang-audience': audience }) };

  async function request(path: string, init: RequestInit = {}): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await once(path, init);
      if (answer.kind === 'answered') return answer;
      if (attempt >= retry.tries) throw answer.error;
      const ms = waitBefore(attempt, retry, chance(), answer.retryAfter);
      waiting?.(answer.error.message, ms);
      await wait(ms);
    }
  }

  async function once(path: string, init: RequestInit): Promise<Answered | Repeatable> {
    try {
      const response = await send(new URL(path, url), { ...init, headers: { ...headers, ...init.headers } });
      const text = await response.text();
      if (response.ok) return { kind: 'answered', status: response.status, text };
      const error = new ProblemError(problemOfAnswer(response.status, text));
      if (!worthRepeating(response.status)) throw error;
      return { kind: 'repeatable', error, retryAfter: response.headers.get('retry-after') };
    } catch (cause) {
      if (cause instanceof ProblemError) throw cause;
      const error = new ProblemError(localProblem('The service cannot be reached', `${url}: ${reasonOf(cause)}`, 503), { cause });
      return { kind: 'repeatable', error, retryAfter: null };
    }
  }

  const read = <T>(text: string, path: string, schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new ProblemError(localProblem('The answer is not what was expected', `${path}: ${z.prettifyError(parsed.error)}`, 502));
  };

  const postBody = (body: string): Promise<Answer> =>
    request('/v1/signals', { method: 'POST', body, headers: { 'content-type': 'application/x-ndjson' } });

  return {
    postSignals: (signals, post) => postLines(serialised(signals), postBody, post),
    postLines: (lines, post) => postLines(lines, postBody, post),
    get: async (path, schema) => read((await request(path)).text, path, schema),
    post: async (path, schema, body) => read((await request(path, { method: 'POST', ...jsonBody(body) })).text, path, schema),
    async *pages(path, item) {
      const page = z.object({ items: z.array(item), next: z.string().nullable() });
      for (let cursor: string | null = ''; cursor !== null; ) {
        const at: string = cursor === '' ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
        const { items, next } = read((await request(at)).text, path, page);
        yield items;
        cursor = next;
      }
    },
  };
}

const jsonBody = (body: unknown): RequestInit =>
  body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };

interface Answered extends Answer {
  readonly kind: 'answered';
}

interface Repeatable {
  readonly kind: 'repeatable';
  readonly error: ProblemError;
  readonly retryAfter: string | null;
}

async function* serialised(signals: AsyncIterable<SignalDraft> | Iterable<SignalDraft>): AsyncGenerator<string> {
  for await (const signal of signals) yield JSON.stringify(signal);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
