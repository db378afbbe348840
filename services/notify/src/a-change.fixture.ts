import { randomBytes } from 'node:crypto';
import type { IncidentSummary } from '@samenhang/domain';
import type { IncidentChanged } from '@samenhang/events';
import type { DeliveredRecord } from '@samenhang/ports';
import type { Webhook } from '@samenhang/runtime';
import { anIncidentSummary } from '@samenhang/testing';

/** A change of an incident of two reports; what is given wins. */
export function aChange(given: Partial<IncidentChanged> = {}, summary: Partial<IncidentSummary> = {}): IncidentChanged {
  const id = given.id ?? '00000000-0000-5000-8000-000000000001';
  return {
    audience: 'cell',
    id,
    batch: { from: 3, through: 5 },
    rulesetVersion: 'r',
    summary: anIncidentSummary({ id, size: 2, title: 'A secret title', revision: 4, ...summary }),
    joined: ['00000000-0000-5000-8000-000000000002'],
    left: [],
    lineage: [{ cause: 'joined', signals: [], incidents: [], position: 4 }],
    links: [],
    unlinked: [],
    ...given,
  };
}

/** The values as records of one partition. */
export const recordsOf = (
  values: readonly object[],
  given: Partial<Pick<DeliveredRecord, 'topic' | 'partition' | 'headers'>> = {},
): readonly DeliveredRecord[] =>
  values.map((value, offset) => ({
    topic: 'incidents.changed',
    partition: 0,
    offset,
    key: '',
    value: JSON.parse(JSON.stringify(value)),
    headers: {},
    timestampMs: 1_000 * offset,
    bytes: () => Buffer.from(JSON.stringify(value)),
    ...given,
  }));

export const aWebhook = (given: Partial<Webhook> = {}): Webhook => ({
  name: 'ops',
  audience: 'cell',
  url: 'https://example.org/hook',
  secretFrom: 'HOOK_SECRET',
  minSize: 2,
  giveUpAfterMinutes: 60,
  secret: randomBytes(32).toString('base64'),
  ...given,
});
