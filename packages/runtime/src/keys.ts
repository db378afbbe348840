import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

export const roles = ['adapter', 'analyst', 'lead', 'operator', 'partner'] as const;
export const Role = z.enum(roles);
/** What a key is for: post signals, read and judge, overrule judgements, operate, or take away what may leave. */
export type Role = z.infer<typeof Role>;

export const Allowed = z.union([z.literal('all'), z.array(z.string().min(1).max(200)).max(1_000)]);
/** Everything, or exactly the named ones. */
export type Allowed = z.infer<typeof Allowed>;

export const KeyRecord = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  name: z.string().min(1).max(200),
  role: Role,
  /** SHA-256 of the key, hex: the key itself is 32 random bytes, so that no slow hash is needed. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  audiences: Allowed,
  sources: Allowed,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
  revokedAt: z.iso.datetime().optional(),
});
/** All that is kept of a key: never the key. */
export type KeyRecord = z.infer<typeof KeyRecord>;

/** What a new key is to be for. */
export type KeyRequest = Pick<KeyRecord, 'name' | 'role' | 'audiences' | 'sources' | 'expiresAt'>;

/** How every key begins, and no token does. */
export const keyPrefix = 'sam_';

const keyPattern = /^sam_([0-9a-f]{8})_[A-Za-z0-9_-]{43}$/;

const hashOf = (key: string): Buffer => hash('sha256', key, 'buffer');

const noHash = Buffer.alloc(32);

/** A new key, `sam_<id>_<256 random bits>`, with the record to keep of it. */
export function makeKey(request: KeyRequest, nowMs: number): { readonly key: string; readonly record: KeyRecord } {
  const id = randomBytes(4).toString('hex');
  const key = `sam_${id}_${randomBytes(32).toString('base64url')}`;
  return { key, record: { id, ...request, hash: hashOf(key).toString('hex'), createdAt: new Date(nowMs).toISOString() } };
}

/** The record of a key that is good now; undefined for a wrong, expired or revoked one, in the same time whichever it is. */
export function verifyKey(records: ReadonlyMap<string, KeyRecord>, key: string, nowMs: number): KeyRecord | undefined {
  const id = keyPattern.exec(key)?.[1];
  const record = id === undefined ? undefined : records.get(id);
  const same = timingSafeEqual(hashOf(key), record === undefined ? noHash : Buffer.from(record.hash, 'hex'));
  if (!same || record === undefined || record.revokedAt !== undefined) return undefined;
  return isUnexpired(record, nowMs) ? record : undefined;
}

/** True until the instant at which the key ends, if it does. */
export const isUnexpired = ({ expiresAt }: KeyRecord, nowMs: number): boolean => expiresAt === undefined || Date.parse(expiresAt) > nowMs;

/** True when the name is among the allowed. */
export const allows = (allowed: Allowed, name: string): boolean => allowed === 'all' || allowed.includes(name);
