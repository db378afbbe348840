import { domainToASCII } from 'node:url';
import { normaliseObservable, type Observable } from '@samenhang/domain';
import { extractIOC, type IOC } from 'ioc-extractor';

/** What `ioc-extractor` calls each type that both know, and what we call it. */
const typeOfKey: ReadonlyMap<keyof IOC, string> = new Map([
  ['asns', 'asn'],
  ['btcs', 'wallet'],
  ['eths', 'wallet'],
  ['xmrs', 'wallet'],
  ['cves', 'cve'],
  ['domains', 'domain'],
  ['emails', 'email'],
  ['ipv4s', 'ipv4'],
  ['ipv6s', 'ipv6'],
  ['macAddresses', 'mac'],
  ['md5s', 'md5'],
  ['sha1s', 'sha1'],
  ['sha256s', 'sha256'],
  ['sha512s', 'sha512'],
  ['urls', 'url'],
]);

/** The types that `ioc-extractor` looks for. */
export const oracleTypes: ReadonlySet<string> = new Set(typeOfKey.values());

/** What `ioc-extractor` finds, in our types and in our one form, so that a difference in spelling is never a difference in finding. */
export function extractByOracle(text: string): readonly Observable[] {
  const found = extractIOC(text);
  return [...typeOfKey].flatMap(([key, type]) => found[key].map((value) => normaliseObservable({ type, value: spelled(type, value) })));
}

function spelled(type: string, value: string): string {
  if (type === 'domain') return domainToASCII(value) || value;
  if (type === 'mac') return value.replaceAll('-', ':');
  if (type === 'wallet' && value.startsWith('0x')) return value.toLowerCase();
  if (type === 'ipv6' && URL.canParse(`http://[${value}]`)) return new URL(`http://[${value}]`).hostname.slice(1, -1);
  return value;
}
