import type { JsonValue } from '@samenhang/domain';
import { type IncidentChanged, isIncidentChanged, topics } from '@samenhang/events';
import type { EventLog } from '@samenhang/ports';
import { drop, type Step } from '@samenhang/runtime';
import { createTeller, type TellerParts } from './teller.ts';
import { createToldIncidents, type ToldIncidents } from './told-incidents.ts';

export interface NotifyParts extends TellerParts {
  /** The partition of the webhook's audience. */
  readonly partition: number;
  readonly log: Pick<EventLog, 'read'>;
}

/** So many posts may come again when the process is killed. */
export const maxBatch = 50;
const topic = topics.incidentsChanged.name;
const accepts = (value: JsonValue | undefined): value is IncidentChanged & JsonValue => isIncidentChanged(value);

/** Reads changed incidents; posts those of one audience to one webhook, in order. */
export function createNotifyStep({ partition: own, log, ...parts }: NotifyParts): Step<IncidentChanged> {
  const { webhook } = parts;
  const teller = createTeller(parts);
  let told = createToldIncidents(webhook.minSize);
  return {
    name: `notify-${webhook.name}`,
    reads: topic,
    maxBatch,
    aside: true,
    accepts,
    handle: (change, at) =>
      change.audience === webhook.audience ? teller.take(at, change, () => told.decide(change)) : drop('other-audience'),
    async finish({ partition }) {
      if (partition === own) teller.endBatch();
      return [];
    },
    abandon(partition) {
      if (partition === own) teller.endBatch();
    },
    async assigned(partition, nextOffset) {
      if (partition !== own) return;
      teller.clear();
      told = await toldBefore(log, { partition, nextOffset, minSize: webhook.minSize });
    },
  };
}

interface Before {
  readonly partition: number;
  readonly nextOffset: number;
  readonly minSize: number;
}

/** What had been told before an offset: found by deciding once more about every change. */
async function toldBefore(log: Pick<EventLog, 'read'>, { partition, nextOffset, minSize }: Before): Promise<ToldIncidents> {
  const told = createToldIncidents(minSize);
  if (nextOffset === 0) return told;
  for await (const records of log.read({ topic, partition, offset: 0 })) {
    for (const { offset, value } of records) {
      if (offset >= nextOffset) return told;
      if (isIncidentChanged(value)) told.decide(value);
    }
  }
  return told;
}
