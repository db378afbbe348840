import { hash } from 'node:crypto';
import { canonicalJson } from '@samenhang/domain';
import { ServiceError } from '@samenhang/runtime';
import { z } from 'zod';

const Place = z.strictObject({ f: z.string().length(16), k: z.union([z.string().max(64), z.number()]), id: z.uuid() });

/** A place in an ordered list. */
export interface Place {
  readonly key: string | number;
  readonly id: string;
}

/** A short name of everything that decides what is listed and how, so that a cursor is good for no other question. */
const fingerprint = (question: unknown): string => hash('sha256', canonicalJson(question), 'hex').slice(0, 16);

/** The opaque cursor for what follows a place in the answer to this question; it tells nothing that the page did not. */
export function writeCursor(question: unknown, { key, id }: Place): string {
  return Buffer.from(canonicalJson({ f: fingerprint(question), k: key, id })).toString('base64url');
}

/** The place a cursor of this question stands for; throws `cursor-invalid` for anything else. */
export function readCursor(question: unknown, cursor: string): Place {
  const place = Place.safeParse(parsed(cursor));
  if (!place.success) throw new ServiceError('cursor-invalid', 'The cursor was not given by this service.');
  if (place.data.f !== fingerprint(question))
    throw new ServiceError('cursor-invalid', 'The cursor belongs to other filters, another order or another audience.');
  return { key: place.data.k, id: place.data.id };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
