import type { IncidentChanged } from '@samenhang/events';
import type { DeliveredRecord } from '@samenhang/ports';
import { drop, kept, type Outcome, reject, ServiceError, type Webhook } from '@samenhang/runtime';
import { type Outside, postEvent } from './post-event.ts';
import type { Answer } from './read-answer.ts';
import { eventIdOf, thinEventOf } from './thin-event.ts';
import { createUncommitted } from './uncommitted.ts';
import { waitBefore } from './wait-before.ts';

export interface TellerParts {
  readonly webhook: Webhook;
  readonly outside: Outside;
  /** Ends every wait and every post under way at once; what they were about comes again. */
  readonly stopping: AbortSignal;
}

/** Tells one webhook of the changes of one partition, one after the other. */
export interface Teller {
  /**
   * Resolves once the change was taken, refused or given up, or when `decide` gives a reason not to tell. Throws `webhook-unavailable` when its turn is
   * over first; the change goes on where it was when it comes again. What was settled for a message, or decided, is not done again.
   */
  take(at: Pick<DeliveredRecord, 'offset' | 'timestampMs'>, change: IncidentChanged, decide: () => string): Promise<Outcome>;
  /** The batch in hand ended, committed or not. */
  endBatch(): void;
  /** Forgets everything: another place of the partition follows. */
  clear(): void;
}

/** What has become of one change so far. */
interface Telling {
  readonly verdict: string;
  outcome: Outcome | undefined;
  failures: number;
  firstFailedAtMs: number | undefined;
  notBeforeMs: number;
}

/** A log that hands out a batch wants it back within minutes, also when a webhook stands still for an hour. */
const turnMs = 60_000;

/** Tells with patience: what fails for now is tried again, later each time, until it was tried for as long as the webhook is to be waited for. */
export function createTeller({ webhook, outside, stopping }: TellerParts): Teller {
  const tellings = createUncommitted<Telling>();
  let turnEndsMs: number | undefined;

  const unavailable = (why: string): ServiceError =>
    new ServiceError('webhook-unavailable', `The webhook ${webhook.name} is not told: ${why}`);

  /** Resolves when the change may be posted, if that is within this turn. */
  async function awaitAttempt({ notBeforeMs, failures }: Telling): Promise<void> {
    turnEndsMs ??= outside.now() + turnMs;
    const waitMs = Math.min(notBeforeMs, turnEndsMs) - outside.now();
    if (waitMs > 0) await outside.sleep(waitMs, stopping);
    if (stopping.aborted) throw unavailable('the service stops.');
    if (outside.now() >= turnEndsMs) throw unavailable(failures === 0 ? 'it is slow.' : `it failed ${failures} times in a row.`);
  }

  function outcomeOf(answer: Answer, telling: Telling): Outcome | undefined {
    if (answer.kind === 'taken') return kept();
    if (answer.kind === 'refused') return reject('webhook-refused', answer.detail);
    if (stopping.aborted) throw unavailable('the service stops.');
    const nowMs = outside.now();
    telling.failures++;
    telling.firstFailedAtMs ??= nowMs;
    telling.notBeforeMs = nowMs + waitBefore({ failures: telling.failures, askedMs: answer.afterMs, chance: outside.chance() });
    const giveUpAtMs = telling.firstFailedAtMs + webhook.giveUpAfterMinutes * 60_000;
    return telling.notBeforeMs <= giveUpAtMs
      ? undefined
      : reject('webhook-unavailable', `Given up after ${telling.failures} attempts. ${answer.detail}`);
  }

  async function tell(telling: Telling, change: IncidentChanged, timestampMs: number): Promise<Outcome> {
    const posting = { id: eventIdOf(change), body: JSON.stringify(thinEventOf(change, timestampMs)), stopping };
    for (;;) {
      await awaitAttempt(telling);
      const outcome = outcomeOf(await postEvent(webhook, posting, outside), telling);
      if (outcome !== undefined) return outcome;
    }
  }

  return {
    async take({ offset, timestampMs }, change, decide) {
      const telling = tellings.at(offset, () => ({
        verdict: decide(),
        outcome: undefined,
        failures: 0,
        firstFailedAtMs: undefined,
        notBeforeMs: 0,
      }));
      telling.outcome ??= telling.verdict === 'tell' ? await tell(telling, change, timestampMs) : drop(telling.verdict);
      return telling.outcome;
    },
    endBatch() {
      turnEndsMs = undefined;
      tellings.endBatch();
    },
    clear: () => tellings.clear(),
  };
}
