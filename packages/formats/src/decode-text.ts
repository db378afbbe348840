/** Text of a file with the encoding it was read in, or where it stops being text. */
export type DecodedText =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: string }
  | { readonly kind: 'not-text'; readonly reason: string };

const starts = (bytes: Uint8Array, ...prefix: readonly number[]): boolean => prefix.every((byte, index) => bytes[index] === byte);

/** The encoding that a byte order mark, or the zero bytes of a first ASCII character, gives away; undefined when there is no sign. */
export function sniffEncoding(bytes: Uint8Array): string | undefined {
  if (starts(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (starts(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (starts(bytes, 0xfe, 0xff)) return 'utf-16be';
  if (bytes.length >= 4 && bytes[0] !== 0 && bytes[1] === 0 && bytes[2] !== 0 && bytes[3] === 0) return 'utf-16le';
  if (bytes.length >= 4 && bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0 && bytes[3] !== 0) return 'utf-16be';
  return undefined;
}

/** Decodes bytes in the given encoding (a WHATWG label); malformed bytes are not replaced but refused. A byte order mark is taken off. */
export function decodeText(bytes: Uint8Array, encoding: string): DecodedText {
  try {
    return { kind: 'text', text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch (error) {
    // An unknown label is a RangeError, malformed bytes are a TypeError.
    return {
      kind: 'not-text',
      reason: error instanceof RangeError ? `the encoding "${encoding.slice(0, 40)}" is not known` : `the bytes are not valid ${encoding}`,
    };
  }
}
