import type { Client } from '@samenhang/client';
import type { PostedSignal } from '@samenhang/domain';

/** What became of the signals of one file or poll. */
export interface Posted {
  readonly accepted: number;
  readonly duplicate: number;
  /** Signals that ingest will never take, with what it said. */
  readonly rejected: readonly { readonly externalId: string; readonly problem: string }[];
}

/** Posts every signal and waits for every answer; throws when the service could not be reached, and then nothing may be taken as posted. */
export async function postSignals(client: Client, signals: readonly PostedSignal[]): Promise<Posted> {
  let accepted = 0;
  let duplicate = 0;
  const rejected: { externalId: string; problem: string }[] = [];
  for await (const result of client.postSignals(signals)) {
    if (result.status === 'accepted') accepted += 1;
    else if (result.status === 'duplicate') duplicate += 1;
    else
      rejected.push({
        externalId: signals[result.index]?.externalId ?? '',
        problem: result.problem?.detail ?? result.problem?.title ?? 'rejected',
      });
  }
  return { accepted, duplicate, rejected };
}
