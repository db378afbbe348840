import { createHash } from 'node:crypto';

const key = `sam_00000000_${'b'.repeat(43)}`;

/** The key of servers that exist for a measurement only. */
export const benchKey = { key, record: { id: '00000000', hash: createHash('sha256').update(key).digest('hex') } } as const;
