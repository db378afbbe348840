import { sniffEncoding } from '../decode-text.ts';

/** The encoding of an XML file: its byte order mark or zero bytes, else what its declaration says, else UTF-8. */
export function xmlEncoding(bytes: Uint8Array): string {
  const sniffed = sniffEncoding(bytes);
  if (sniffed !== undefined) return sniffed;
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 256));
  const declared = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']/.exec(start)?.[1]?.toLowerCase();
  // UTF-16 without a zero byte was recoded on its way without changing the declaration.
  return declared === undefined || declared.startsWith('utf-16') || declared.startsWith('ucs') ? 'utf-8' : declared;
}
