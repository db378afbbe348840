import type { JsonObject } from '@samenhang/formats';

/** Where the content of an object is: in the signal of a record of `correlation.inputs`, told under an id of its own, or here. */
export type Content =
  | { readonly kind: 'signal'; readonly offset: number; readonly signalId: string }
  | { readonly kind: 'whole'; readonly object: JsonObject };

/** What an object tells of: a signal or an incident, in which revision; null for what everybody may know. */
export interface About {
  readonly kind: 'signal' | 'incident';
  readonly id: string;
  readonly revision: number;
}

/** One version of one STIX object, in the order in which partners are given them. */
export interface CatalogueEntry {
  readonly id: string;
  /** `modified`; for an object without one `created`, and for one without either when it was added. */
  readonly version: string;
  /** When it was added, in microseconds since 1970: rises with every entry. */
  readonly addedMicros: number;
  readonly revoked: boolean;
  readonly content: Content;
  /** Entries that one record of the logs brought have one number, higher than those before. */
  readonly group: number;
  readonly about: About | null;
}

/** An instant with its microseconds, as TAXII 2.1 wants it. */
export function instantOf(micros: number): string {
  const ms = Math.floor(micros / 1_000);
  return new Date(ms).toISOString().replace('Z', `${String(micros - ms * 1_000).padStart(3, '0')}Z`);
}

/** A member of an object of ours that is a text; the empty one when it has none. */
export function textIn(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}
