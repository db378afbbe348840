import { describeError, type Webhook } from '@samenhang/runtime';
import { type Answer, readAnswer } from './read-answer.ts';
import { signedHeaders } from './sign-event.ts';

/** What is outside of notify. */
export interface Outside {
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Chance, 0 to 1. */
  readonly chance: () => number;
  /** Resolves after so long, or early when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Posting {
  readonly id: string;
  readonly body: string;
  /** Gives up at once when it aborts. */
  readonly stopping: AbortSignal;
}

const withinMs = 10_000;
const mostAnswerBytes = 16_384;

/** Posts a body once, signed; follows no redirect, waits ten seconds at most and keeps nothing of what is answered but its status. Never throws. */
export async function postEvent(
  { url, secret }: Webhook,
  { id, body, stopping }: Posting,
  { fetch, now }: Pick<Outside, 'fetch' | 'now'>,
): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'samenhang-notify',
    ...signedHeaders({ id, body, secret, timestamp: Math.floor(now() / 1_000) }),
  };
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(withinMs)]);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    const answer = readAnswer(response.status, response.headers.get('retry-after'), now());
    await readAway(response);
    return answer;
  } catch (error) {
    return { kind: 'later', detail: `It could not be reached: ${describeError(error)}.` };
  }
}

/** Reads what little a receiver says, so that the connection serves again; cuts off one that says much. What is not read whole changes no answer. */
async function readAway({ body }: Response): Promise<void> {
  if (body === null) return;
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      // Leaving the loop cancels the rest.
      if (bytes > mostAnswerBytes) return;
    }
  } catch {
    // The status had come: whatever became of the rest, the receiver has answered.
  }
}
