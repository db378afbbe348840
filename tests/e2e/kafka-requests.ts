/** API key of OffsetCommit in Kafka's protocol. */
const offsetCommit = 8;

/** True for a client's request to commit offsets. */
export const isOffsetCommit = (request: Buffer): boolean => request.readInt16BE(4) === offsetCommit;

/** Cuts what a Kafka client sends into whole requests, however it is delivered; what is not yet whole is kept until it is. */
export function createRequestCutter(): (chunk: Buffer) => readonly Buffer[] {
  let kept: Buffer = Buffer.alloc(0);
  return (chunk) => {
    kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    const requests: Buffer[] = [];
    for (let size = sizeOf(kept); size <= kept.length; size = sizeOf(kept)) {
      requests.push(kept.subarray(0, size));
      kept = kept.subarray(size);
    }
    return requests;
  };
}

/** Of the request that the bytes begin with; more than there are while its length is not there yet. */
const sizeOf = (bytes: Buffer): number => (bytes.length < 4 ? Number.POSITIVE_INFINITY : 4 + bytes.readInt32BE(0));
