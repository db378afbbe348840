import type { AuditTrail } from '@samenhang/ports';

/** Records that the first keys were made, by their ids; resolves once that is durable. */
export async function recordFirstKeys(trail: AuditTrail, keys: Readonly<Record<string, string>>, nowMs: number): Promise<void> {
  const event = { at: new Date(nowMs).toISOString(), by: 'first start', action: 'key-created', audience: null, tlp: null } as const;
  await Promise.all(Object.entries(keys).map(([role, key]) => trail.record({ ...event, object: `${role} ${key.split('_')[1]}` }, 'now')));
}
