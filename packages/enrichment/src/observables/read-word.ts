import type { Observable } from '@samenhang/domain';
import { isBase58Check, isBech32 } from './check-digits.ts';
import { readFileName } from './file-name.ts';
import { canonicalIpv6, canonicalMac, isIpv4 } from './ip-address.ts';
import { accountOfAddress, canonicalDomain, isPlatform, readAddress } from './web-address.ts';

const hashTypes: ReadonlyMap<number, string> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [56, 'sha224'],
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512'],
]);

const one = (type: string, value: string): readonly Observable[] => [{ type, value }];
const none: readonly Observable[] = [];

/** The observables that one refanged word is; `sure` when its marks were written so that nobody clicks. */
export function readWord(word: string, sure: boolean): readonly Observable[] {
  const scheme = word.indexOf('://');
  if (scheme > 0) return readUrl(word, scheme);
  if (word.startsWith('#')) return readHashtag(word);
  const at = word.indexOf('@');
  if (at >= 0 && !word.slice(0, at).includes('/')) return readHandle(word, sure);
  const mac = canonicalMac(word);
  if (mac !== undefined) return one('mac', mac);
  return (
    (word.includes(':') ? readIpv6(word) : undefined) ?? readHash(word) ?? readNumbered(word) ?? readWallet(word) ?? readDotted(word, sure)
  );
}

/** An address alone, in brackets with a port, or with the length of a network. */
function readIpv6(word: string): readonly Observable[] | undefined {
  const [, inside, length] = /^\[?([0-9a-f:.]{2,45})(?:\](?::\d{1,5})?|\/(\d{1,3}))?$/i.exec(word) ?? [];
  const ip = inside === undefined ? undefined : canonicalIpv6(inside);
  if (ip === undefined) return undefined;
  if (length === undefined) return one('ipv6', ip);
  return Number(length) <= 128 ? one('cidr', `${ip}/${length}`) : undefined;
}

function readUrl(word: string, scheme: number): readonly Observable[] {
  const name = /[a-z][a-z0-9+.-]{0,15}$/i.exec(word.slice(Math.max(0, scheme - 16), scheme))?.[0].toLowerCase() ?? '';
  const clear = name.endsWith('hxxps') ? 'https' : name.endsWith('hxxp') ? 'http' : name;
  if (!['http', 'https', 'ftp', 'ws', 'wss', 'sftp', 'ssh', 'rtmp', 'tcp', 'udp'].includes(clear)) return none;
  const address = readAddress(word.slice(scheme + 3), true);
  return address === undefined ? none : pageOrAccount(clear, address);
}

function pageOrAccount(
  scheme: string,
  { host, port, path }: { readonly host: string; readonly port: string; readonly path: string },
): readonly Observable[] {
  const found = accountOfAddress(host, path);
  const url = { type: 'url', value: `${scheme}://${host}${port}${path}` };
  if (found === undefined) return [url];
  const account = { type: 'account', value: found.account };
  return found.whole ? [account] : [account, url];
}

function readHashtag(word: string): readonly Observable[] {
  const tag = /^#[\p{L}\p{N}\p{M}_]{2,100}/u.exec(word)?.[0];
  return tag !== undefined && /\p{L}/u.test(tag) && !/^#[0-9a-f]{6}$/i.test(tag) ? one('hashtag', tag) : none;
}

/** `name@host.tld` is a mail address, `@name` an account, `@name@host.tld` an account of the fediverse. */
function readHandle(word: string, sure: boolean): readonly Observable[] {
  const bare = word.startsWith('mailto:') ? word.slice(7) : word;
  const at = bare.lastIndexOf('@');
  const host = bare.slice(at + 1);
  if (at === 0) return isAccountName(bare) ? one('account', bare.replace(/\.+$/, '')) : none;
  const domain = canonicalDomain(host, true);
  if (domain === undefined) return none;
  const local = bare.slice(0, at);
  if (local.startsWith('@')) return /^@[\w.-]{1,64}$/.test(local) ? one('account', `${local}@${domain}`) : none;
  const name = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}$/u.exec(local.slice(-64))?.[0] ?? '';
  if (
    name === '' ||
    name.startsWith('.') ||
    (!sure && name.length !== Math.min(64, local.length) && !/[:(]$/.test(local.slice(0, -name.length)))
  )
    return none;
  return one('email', `${name}@${domain}`);
}

/** What people write to call a whole group: nobody's account. */
const everyone: ReadonlySet<string> = new Set(
  '@all @everyone @everybody @here @channel @team @allen @iedereen @alle @tous @toutes @todos @todas @tutti @wszyscy @herkes'.split(' '),
);

/** `@name`; not a time of day as `@14u`, nor a call to everyone. */
const isAccountName = (word: string): boolean =>
  /^@[A-Za-z0-9_][A-Za-z0-9_.]{1,38}$/.test(word) &&
  /[A-Za-z_]/.test(word) &&
  !/^@\d{1,2}(?:[.:]?\d\d)?(?:u|h|am|pm|uhr|uur)?$/i.test(word) &&
  !everyone.has(word.toLowerCase());

function readHash(word: string): readonly Observable[] | undefined {
  const type = hashTypes.get(word.length);
  return type !== undefined && /^[0-9a-fA-F]+$/.test(word) && /\d/.test(word) && /[a-fA-F]/.test(word)
    ? one(type, word.toLowerCase())
    : undefined;
}

const lookalikes: ReadonlyMap<string, string> = new Map([
  ['С', 'C'],
  ['В', 'V'],
  ['Е', 'E'],
  ['Т', 'T'],
  ['\u2010', '-'],
  ['\u2011', '-'],
]);

/** Numbers as a Cyrillic keyboard or a word processor writes them, in plain letters and dashes. */
const inLatin = (word: string): string =>
  !/[^ -~]/.test(word) ? word : word.replace(/[СВЕТ\u2010\u2011]/g, (character) => lookalikes.get(character) ?? character);

/** Vulnerabilities, networks and techniques; the frameworks share the letter T, their numbers do not overlap (ATT&CK ICS T08xx, DISARM below T0200). */
function readNumbered(written: string): readonly Observable[] | undefined {
  if (written.length > 20 || written.length < 5) return undefined;
  const word = inLatin(written);
  if (/^CVE-(199\d|20\d\d)-\d{4,8}$/i.test(word)) return one('cve', word.toUpperCase());
  if (/^ASN?\d{3,10}$/.test(word)) return one('asn', word.replace('ASN', 'AS'));
  const technique = /^T(\d{4})(?:\.\d{3})?$/.exec(word);
  if (technique === null) return undefined;
  const number = Number(technique[1]);
  if ((number >= 1001 && number < 1800) || (number >= 800 && number < 900)) return one('attack-pattern', word);
  return number > 0 && number < 200 ? one('disarm-technique', word) : undefined;
}

function readWallet(word: string): readonly Observable[] | undefined {
  if (word.length < 26 || word.length > 106) return undefined;
  if (/^0x[0-9a-fA-F]{40}$/.test(word)) return one('wallet', word.toLowerCase());
  if (/^(bc1|ltc1)/i.test(word)) return isBech32(word) ? one('wallet', word.toLowerCase()) : undefined;
  if (/^[13TLD]/.test(word) && word.length <= 35) return isBase58Check(word) ? one('wallet', word) : undefined;
  return word.length === 95 && /^[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}$/.test(word) ? one('wallet', word) : undefined;
}

/** Addresses without a scheme: `192.0.2.1`, `192.0.2.1-192.0.2.9`, `192.0.2.0/24`, `host.tld`, `host.tld/path`. */
function readDotted(word: string, sure: boolean): readonly Observable[] {
  if (!word.includes('.')) return none;
  const dash = word.indexOf('-');
  const [first, last] = [word.slice(0, dash), word.slice(dash + 1)];
  if (dash > 0 && isIpv4(first) && isIpv4(last)) return [...one('ipv4', first), ...one('ipv4', last)];
  const slash = word.indexOf('/');
  const head = slash < 0 ? word : word.slice(0, slash);
  const colon = head.indexOf(':');
  const name = colon < 0 ? head : head.slice(0, colon);
  if (isIpv4(name)) {
    if (slash > 0 && /^\/(3[0-2]|[12]?\d)$/.test(word.slice(slash))) return one('cidr', word);
    return slash < 0 || slash === word.length - 1 ? one('ipv4', name) : readPath(word, true);
  }
  if (slash > 0 && slash < word.length - 1) return readPath(word, sure || isPlatform(name));
  const file = sure || colon >= 0 ? undefined : readFileName(word);
  if (file !== undefined) return one('filename', file);
  const domain = canonicalDomain(name, sure);
  return domain === undefined ? none : one('domain', domain);
}

function readPath(word: string, sure: boolean): readonly Observable[] {
  const address = readAddress(word, sure);
  return address === undefined ? none : pageOrAccount('http', address);
}
