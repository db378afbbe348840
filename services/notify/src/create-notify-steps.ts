import { setTimeout as wait } from 'node:timers/promises';
import type { IncidentChanged } from '@samenhang/events';
import type { EventLog } from '@samenhang/ports';
import type { Config, Step } from '@samenhang/runtime';
import { createNotifyAgainStep } from './notify-again-step.ts';
import { createNotifyStep } from './notify-step.ts';
import type { Outside } from './post-event.ts';

interface NotifyGround {
  readonly log: Pick<EventLog, 'read'>;
  readonly stopping: AbortSignal;
}

/** The network, the clock and chance as they are. */
const world: Outside = {
  fetch: (url, init) => fetch(url, init),
  now: Date.now,
  chance: Math.random,
  sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
};

/** Two steps for each webhook that this process posts to: what changes, and what is told again. `stopping` must abort before the steps are disposed, which waits for them. */
export function createNotifySteps(
  { postsTo, audiences }: Pick<Config, 'postsTo' | 'audiences'>,
  { log, stopping }: NotifyGround,
): readonly Step<IncidentChanged>[] {
  return postsTo.flatMap((webhook) => {
    const parts = { webhook, outside: world, stopping };
    const partition = audiences.findIndex(({ id }) => id === webhook.audience);
    return [createNotifyStep({ ...parts, partition, log }), createNotifyAgainStep(parts)];
  });
}
