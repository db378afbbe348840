import type { JsonValue } from '@samenhang/domain';
import { type IncidentChanged, isIncidentChanged, topics } from '@samenhang/events';
import type { Step } from '@samenhang/runtime';
import { maxBatch } from './notify-step.ts';
import { createTeller, type TellerParts } from './teller.ts';

/** Reads changes that an operator has told again; posts those that one webhook had not taken, under the id that they had. */
export function createNotifyAgainStep(parts: TellerParts): Step<IncidentChanged> {
  const { name } = parts.webhook;
  const teller = createTeller(parts);
  const isOwn = (retryOf: string): boolean => retryOf.startsWith(`notify-${name}.`) || retryOf.startsWith(`renotify-${name}.`);
  return {
    name: `renotify-${name}`,
    reads: topics.notificationsRetried.name,
    maxBatch,
    aside: true,
    accepts: (value: JsonValue | undefined): value is IncidentChanged & JsonValue => isIncidentChanged(value),
    handle(change, { offset, timestampMs, headers }) {
      // The event says when its change was taken, not when it was told again.
      const takenAtMs = Number(headers['samenhang-taken-at'] ?? timestampMs);
      const decide = (): string => (isOwn(headers['samenhang-retry-of'] ?? '') ? 'tell' : 'other-webhook');
      return teller.take({ offset, timestampMs: takenAtMs }, change, decide);
    },
    async finish() {
      teller.endBatch();
      return [];
    },
    abandon: () => teller.endBatch(),
    assigned: async () => teller.clear(),
  };
}
