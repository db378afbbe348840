import { z } from 'zod';
import { localProblem, ProblemError, ProblemReport, parseJson } from './problem-error.ts';

export interface PostSettings {
  /** Signals per request; the service takes at most 10,000 unless it is configured otherwise. */
  readonly itemsPerRequest: number;
  /** Characters per request, one larger signal aside. */
  readonly charsPerRequest: number;
  /** Requests on their way at the same time. */
  readonly inFlight: number;
}

const defaults: PostSettings = { itemsPerRequest: 1_000, charsPerRequest: 4_000_000, inFlight: 3 };

/** What became of one signal; `index` is its place among all that were posted. */
export interface PostResult {
  readonly index: number;
  readonly status: 'accepted' | 'duplicate' | 'rejected';
  readonly id: string | null;
  readonly problem?: ProblemReport | undefined;
}

const ListAnswer = z.object({
  results: z.array(
    z.object({ status: z.enum(['accepted', 'duplicate', 'rejected']), id: z.string().nullable(), problem: ProblemReport.optional() }),
  ),
});
type Result = z.infer<typeof ListAnswer>['results'][number];

type Send = (body: string) => Promise<{ readonly text: string }>;

/** Posts lines in batches, a few at a time, and gives the results in the order of the lines. Memory is bounded by the batches on their way. */
export async function* postLines(
  lines: AsyncIterable<string> | Iterable<string>,
  send: Send,
  settings: Partial<PostSettings> = {},
): AsyncGenerator<PostResult> {
  const { inFlight, ...sizes } = { ...defaults, ...settings };
  const onTheirWay: Promise<readonly Result[]>[] = [];
  let index = 0;
  const oldest = async (): Promise<readonly PostResult[]> =>
    ((await onTheirWay.shift()) ?? []).map((result) => ({ index: index++, ...result }));
  try {
    for await (const batch of batches(lines, sizes)) {
      const sent = postBatch(batch, send);
      sent.catch(() => undefined);
      onTheirWay.push(sent);
      if (onTheirWay.length >= inFlight) yield* await oldest();
    }
    while (onTheirWay.length > 0) yield* await oldest();
  } finally {
    await Promise.allSettled(onTheirWay);
  }
}

async function* batches(
  lines: AsyncIterable<string> | Iterable<string>,
  { itemsPerRequest, charsPerRequest }: Omit<PostSettings, 'inFlight'>,
): AsyncGenerator<readonly string[]> {
  let batch: string[] = [];
  let chars = 0;
  for await (const line of lines) {
    if (batch.length >= itemsPerRequest || (batch.length > 0 && chars + line.length > charsPerRequest)) {
      yield batch;
      batch = [];
      chars = 0;
    }
    batch.push(line);
    chars += line.length;
  }
  if (batch.length > 0) yield batch;
}

/** A batch that the service finds too large is halved until it fits; a single signal that is too large is rejected. */
async function postBatch(batch: readonly string[], send: Send): Promise<readonly Result[]> {
  try {
    const answer = ListAnswer.parse(parseJson((await send(batch.join('\n'))).text));
    if (answer.results.length !== batch.length)
      throw new ProblemError(
        localProblem('The answer is not what was expected', `${answer.results.length} results for ${batch.length} signals`, 502),
      );
    return answer.results;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 413) throw error;
    if (batch.length === 1) return [{ status: 'rejected', id: null, problem: error.problem }];
    const middle = Math.ceil(batch.length / 2);
    return [...(await postBatch(batch.slice(0, middle), send)), ...(await postBatch(batch.slice(middle), send))];
  }
}
