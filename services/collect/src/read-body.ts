import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';

export type Body = { readonly kind: 'whole'; readonly bytes: Uint8Array } | { readonly kind: 'refused'; readonly reason: string };

/** Decompressed bytes below which a ratio says nothing. */
const ratioFloor = 1_048_576;

/** Reads a body whole, decompressed, within limits on its size and on how far it unpacks. Rejects when the connection breaks before the end. */
export async function readBody(response: IncomingMessage, limits: { readonly bytes: number; readonly ratio: number }): Promise<Body> {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip' && encoding !== 'x-gzip')
    return { kind: 'refused', reason: `the encoding ${encoding.slice(0, 30)} was not asked for` };
  const announced = Number(response.headers['content-length'] ?? 0);
  if (announced > limits.bytes) return tooLarge(limits.bytes);
  let packed = 0;
  response.on('data', (chunk: Buffer) => {
    packed += chunk.length;
  });
  const source = encoding === 'identity' ? response : response.pipe(createGunzip());
  // A stream that breaks off does not by itself end the one that it is piped into.
  response.once('error', (error) => source.destroy(error)).once('aborted', () => source.destroy(new Error('the answer broke off')));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > limits.bytes) return tooLarge(limits.bytes);
    if (source !== response && size > ratioFloor && size > packed * limits.ratio)
      return { kind: 'refused', reason: `the body unpacks to more than ${limits.ratio} times its size` };
    chunks.push(chunk);
  }
  if (!response.complete) throw new Error('the answer broke off');
  return { kind: 'whole', bytes: Buffer.concat(chunks) };
}

const tooLarge = (bytes: number): Body => ({ kind: 'refused', reason: `the body is larger than ${bytes} bytes` });
