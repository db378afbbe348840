import { createHmac } from 'node:crypto';

interface Unsigned {
  readonly id: string;
  readonly body: string;
  /** When it is posted, seconds since 1970. */
  readonly timestamp: number;
  /** The secret shared with the receiver, base64. */
  readonly secret: string;
}

/** The headers by which a receiver knows that a body is ours, unchanged and fresh (Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`). */
export function signedHeaders({ id, body, timestamp, secret }: Unsigned): Readonly<Record<string, string>> {
  const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` };
}
