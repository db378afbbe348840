import { normalPhone } from './normal-phone.ts';
import { refang } from './refang.ts';
import type { Observable } from './signal.ts';

const anyCase: ReadonlySet<string> = new Set(
  'domain hostname host email ip ipv4 ipv6 md5 sha1 sha224 sha256 sha384 sha512 hashtag cve account mac certificate-sha1 imphash'.split(
    ' ',
  ),
);
const spaced: ReadonlySet<string> = new Set(['iban', 'imei']);
const hosts: ReadonlySet<string> = new Set(['domain', 'hostname', 'host']);
/** Types whose values hold no space but around marks: `name [at] host [dot] org`. */
const unspaced: ReadonlySet<string> = new Set([...hosts, 'email', 'url', 'ip', 'ipv4', 'ipv6']);
const aroundMarks = /(?<!\s)\s+(?=[[({])|(?<=[\])}])\s+/gu;

/** Scheme and host in lower case; the rest of an address may differ by case. */
const addressCase = (value: string): string => value.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, (origin) => origin.toLowerCase());

/**
 * The one form in which an observable is stored and looked up, so that it is found however it was written: refanged addresses, no case where case
 * means nothing, no grouping in numbers, one form of telephone numbers. Normalising twice is the same as once; an unknown type keeps its value but for white space around it.
 */
export function normaliseObservable({ type, value }: Observable): Observable {
  const kind = type.trim().toLowerCase() || type;
  return { type: kind, value: normalValue(kind, value.normalize('NFC').trim()).normalize('NFC').trim() || value };
}

function normalValue(type: string, value: string): string {
  if (type === 'phone') return normalPhone(value);
  if (spaced.has(type)) return value.replace(/[\s().-]/g, '').toLowerCase();
  if (type !== 'url' && !anyCase.has(type)) return value;
  const clear = refang(unspaced.has(type) ? value.replace(aroundMarks, '') : value);
  if (type === 'url') return addressCase(clear);
  return hosts.has(type) ? withoutEndingDots(clear.toLowerCase()) : clear.toLowerCase();
}

function withoutEndingDots(name: string): string {
  let end = name.length;
  while (end > 0 && /[.\s]/u.test(name.charAt(end - 1))) end--;
  return name.slice(0, end);
}
