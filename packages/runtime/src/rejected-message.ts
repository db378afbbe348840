import type { DeliveredRecord, LogRecord } from '@samenhang/ports';
import { z } from 'zod';

export const RejectedMessage = z.object({
  kind: z.literal('rejected'),
  /** `<step>.<partition>.<offset>`: the same message rejected twice has one id. */
  id: z.string(),
  step: z.string(),
  code: z.string(),
  detail: z.string(),
  at: z.object({ topic: z.string(), partition: z.int(), offset: z.int(), timestampMs: z.number() }),
  key: z.string(),
  headers: z.record(z.string(), z.string()),
  /** The original bytes, base64. */
  bytes: z.string(),
});
/** A message that a step could not handle, as it is kept on `<topic>.rejected`: cause, original bytes, key, headers and place. */
export type RejectedMessage = z.infer<typeof RejectedMessage>;

export const RejectedSettled = z.object({
  kind: z.literal('settled'),
  id: z.string(),
  how: z.enum(['retried', 'dropped']),
  by: z.string(),
  at: z.string(),
});
/** What an operator decided about a rejected message; appended beside it, so that nothing is overwritten. */
export type RejectedSettled = z.infer<typeof RejectedSettled>;

/** The record that keeps a message with the cause of its rejection. */
export function rejectedRecord(
  step: string,
  record: DeliveredRecord,
  cause: { readonly code: string; readonly detail: string },
): LogRecord {
  const { topic, partition, offset, timestampMs, key, headers } = record;
  const message: RejectedMessage = {
    kind: 'rejected',
    id: `${step}.${partition}.${offset}`,
    step,
    code: cause.code,
    detail: cause.detail,
    at: { topic, partition, offset, timestampMs },
    key,
    headers,
    bytes: Buffer.from(record.bytes()).toString('base64'),
  };
  return { key: message.id, value: message, headers: { 'samenhang-cause': cause.code } };
}
