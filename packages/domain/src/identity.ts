import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { PostedSignal } from './signal.ts';

/** Nearly every id is of the same namespace as the id before. */
let lastNamespace = { text: '', bytes: Buffer.alloc(0) };

/** The UUIDv5 namespace of every Samenhang id; itself UUIDv5 of the URL namespace and `https://samenhang.example/ns/signal`. */
export const signalNamespace = uuidV5('6ba7b811-9dad-11d1-80b4-00c04fd430c8', 'https://samenhang.example/ns/signal');

/** A UUID of version 5 (RFC 9562 section 5.5) for a name within a namespace. */
export function uuidV5(namespace: string, name: string): string {
  const digest = hash('sha1', Buffer.concat([bytesOf(namespace), Buffer.from(name, 'utf8')]), 'hex');
  const variant = '89ab'[Number.parseInt(digest.charAt(16), 16) & 3];
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** The sixteen bytes of a namespace. */
function bytesOf(namespace: string): Buffer {
  if (lastNamespace.text !== namespace) lastNamespace = { text: namespace, bytes: Buffer.from(namespace.replaceAll('-', ''), 'hex') };
  return lastNamespace.bytes;
}

/** The id of the signal that `source` calls `externalId`: UUIDv5 of the JSON array [source, externalId], so that a client can compute it. */
export const signalId = (source: string, externalId: string): string => uuidV5(signalNamespace, JSON.stringify([source, externalId]));

/** The fields of the content in their canonical order. */
const contentFields = PostedSignal.omit({ externalId: true, revision: true }).keyof().options.sort();

/** All that a report says as canonical JSON, an object that is never empty; revision and external id are identity, not content. */
export function contentJson(posted: PostedSignal): string {
  const content: Record<string, unknown> = {};
  for (const field of contentFields) if (posted[field] !== undefined) content[field] = posted[field];
  return canonicalJson(content);
}

/** SHA-256 (hex) of all that a report says, key order aside. */
export const contentHash = (posted: PostedSignal): string => hashOfContent(contentJson(posted));

/** The content hash of a report, of its content as canonical JSON. */
export const hashOfContent = (json: string): string => hash('sha256', json, 'hex');

/** The id of a posted signal; without an external id it is derived from the content, so posting the same report twice is one signal. */
export const idOfPosted = (posted: PostedSignal, content: string): string =>
  signalId(posted.source, posted.externalId ?? `sha256:${content}`);
