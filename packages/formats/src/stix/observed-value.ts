/** One value that a STIX object or pattern names. */
export interface ObservedValue {
  readonly type: string;
  readonly value: string;
}

const hashTypes: ReadonlyMap<string, string> = new Map([
  ['md5', 'md5'],
  ['sha1', 'sha1'],
  ['sha256', 'sha256'],
  ['sha512', 'sha512'],
  ['sha3256', 'sha3-256'],
  ['sha3512', 'sha3-512'],
  ['ssdeep', 'ssdeep'],
  ['tlsh', 'tlsh'],
  ['imphash', 'imphash'],
]);

/** Our name for a hash algorithm, however it is written (`SHA-256`, `sha256`); undefined for one we do not know. */
export const hashType = (algorithm: string): string | undefined => hashTypes.get(algorithm.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));

const hashLengths: ReadonlyMap<string, number> = new Map([
  ['md5', 32],
  ['sha1', 40],
  ['sha256', 64],
  ['sha512', 128],
]);

/** A hash with the type that its length says when it is hexadecimal: partners mix them up. */
export function hashValue(type: string, value: string): ObservedValue {
  const trimmed = value.trim();
  if (/^[0-9a-fA-F]+$/.test(trimmed)) {
    for (const [name, length] of hashLengths)
      if (trimmed.length === length && hashLengths.has(type)) return { type: name, value: trimmed.toLowerCase() };
  }
  return { type, value: trimmed };
}

const isIpv4 = (text: string): boolean =>
  text.length <= 15 && /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
const isDomain = (text: string): boolean =>
  text.length <= 253 &&
  text.includes('.') &&
  !text.includes('..') &&
  /^[^\s/:@#?()[\]{}<>"',;!]+$/.test(text) &&
  !/^[\d.]+$/.test(text) &&
  /\.[^.\d][^.]+$/.test(text);

/**
 * An address with the type that its form says: partners put an IP into a domain, a host name into a URL, or a sentence into either. Undefined when it is none.
 */
export function addressValue(text: string): ObservedValue | undefined {
  const value = text.trim();
  if (value === '' || /\s/.test(value)) return undefined;
  if (isIpv4(value)) return { type: 'ipv4', value };
  if (/^[0-9a-fA-F:.]{2,45}$/.test(value) && value.includes(':') && value.indexOf(':') !== value.lastIndexOf(':'))
    return { type: 'ipv6', value: value.toLowerCase() };
  if (/^[\da-fA-F.:]{2,45}\/\d{1,3}$/.test(value)) return { type: 'cidr', value };
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value)) return { type: 'url', value };
  if (value.includes('@'))
    return /^[^@/]+@[^@/]+$/.test(value) && isDomain(value.slice(value.indexOf('@') + 1)) ? { type: 'email', value } : undefined;
  const slash = value.indexOf('/');
  if (slash > 0 && isDomain(value.slice(0, slash))) return { type: 'url', value: `http://${value}` };
  return isDomain(value) ? { type: 'domain', value: value.toLowerCase() } : undefined;
}

const platformHosts: ReadonlySet<string> = new Set([
  't.me',
  'telegram.me',
  'vk.com',
  'ok.ru',
  'twitter.com',
  'x.com',
  'facebook.com',
  'fb.com',
  'instagram.com',
  'tiktok.com',
  'youtube.com',
  'threads.net',
  'linkedin.com',
  'rumble.com',
  'github.com',
  'gab.com',
  'gettr.com',
  'truthsocial.com',
  'odysee.com',
  'reddit.com',
  'medium.com',
  'bsky.app',
]);

/** An account, channel or site by the name it goes by; undefined for a description in words. */
export function channelValue(name: string, platform?: string): ObservedValue | undefined {
  const bare = name
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/\/$/, '');
  if (bare === '' || bare.length > 300 || /\s/.test(bare)) return undefined;
  const slash = bare.indexOf('/');
  const host = (slash < 0 ? bare : bare.slice(0, slash)).toLowerCase();
  if (slash > 0 && platformHosts.has(host)) return { type: 'account', value: `${host}${bare.slice(slash)}` };
  if (platform === undefined && !bare.startsWith('@') && host.includes('.')) return addressValue(name.includes('://') ? name : bare);
  return { type: 'account', value: platform === undefined || platform === 'unknown' ? bare : `${platform.toLowerCase()}/${bare}` };
}
