import { Buffer } from 'node:buffer';

let bytes = Buffer.alloc(2 ** 14);
let units = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
let read = '';

/** The UTF-16 units of a text, several times faster to walk than the text; what stands beyond its length means nothing, and the next text takes their place. */
export function unitsOf(text: string): Uint16Array {
  if (text === read) return units;
  if (text.length > units.length) {
    bytes = Buffer.alloc(2 ** Math.ceil(Math.log2(text.length * 2)));
    units = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  }
  bytes.write(text, 'utf16le');
  read = text;
  return units;
}
