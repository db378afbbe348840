import { PostedSignal } from '@samenhang/domain';
import { isObject, type JsonObject } from '../json/json-value.ts';
import type { Reading, Remark } from '../parsed-file.ts';

/** One item of a file with where it stands. */
export interface LocatedValue {
  readonly at: string;
  readonly value: unknown;
}

/** True for an object that is meant to be a signal as ingest takes it. */
export const looksLikeSignal = (value: unknown): boolean =>
  isObject(value) && Object.hasOwn(value, 'source') && Object.hasOwn(value, 'sourceType');

/** A field that is null counts as absent; `raw` is kept verbatim. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept: JsonObject = Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, key === 'raw' ? item : withoutNulls(item)]),
  );
  return kept;
}

const problemOf = (error: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }): string =>
  error.issues
    .slice(0, 3)
    .map((issue) => `/${issue.path.map(String).join('/')} ${issue.message}`.slice(0, 200))
    .join('; ');

/** Reads signals in our own format; one that is not valid is dropped with the field that is wrong. */
export function readSignals(items: readonly LocatedValue[]): Reading {
  const signals: PostedSignal[] = [];
  const dropped: Remark[] = [];
  for (const { at, value } of items) {
    const parsed = PostedSignal.safeParse(withoutNulls(value));
    if (parsed.success) signals.push(parsed.data);
    else dropped.push({ at, reason: `not a valid signal: ${problemOf(parsed.error)}` });
  }
  return { kind: 'read', format: 'signals', signals, relationships: 0, dropped };
}
