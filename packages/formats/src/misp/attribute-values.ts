import { addressValue, channelValue, hashType, hashValue, type ObservedValue } from '../stix/observed-value.ts';

/** What the value of a MISP attribute is to us: observables, words for the text, a reference, a file, or nothing that can be compared. */
export type AttributeMeaning =
  | { readonly kind: 'observables'; readonly values: readonly ObservedValue[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'reference' }
  | { readonly kind: 'silent'; readonly reason: string };

const types: ReadonlyMap<string, string> = new Map([
  ['filename', 'filename'],
  ['regkey', 'regkey'],
  ['mutex', 'mutex'],
  ['named pipe', 'named-pipe'],
  ['btc', 'wallet'],
  ['xmr', 'wallet'],
  ['dash', 'wallet'],
  ['iban', 'iban'],
  ['bic', 'bic'],
  ['bank-account-nr', 'bank-account'],
  ['cc-number', 'payment-card'],
  ['phone-number', 'phone'],
  ['whois-registrant-phone', 'phone'],
  ['user-agent', 'user-agent'],
  ['mac-address', 'mac'],
  ['mac-eui-64', 'mac'],
  ['x509-fingerprint-sha1', 'certificate'],
  ['x509-fingerprint-sha256', 'certificate'],
  ['x509-fingerprint-md5', 'certificate'],
  ['ja3-fingerprint-md5', 'ja3'],
  ['hassh-md5', 'hassh'],
  ['email-subject', 'email-subject'],
  ['email-message-id', 'email-message-id'],
  ['email-x-mailer', 'email-x-mailer'],
  ['threat-actor', 'threat-actor'],
  ['campaign-name', 'campaign'],
  ['malware-type', 'malware'],
  ['full-name', 'person'],
  ['target-org', 'org'],
  ['whois-registrant-name', 'person'],
  ['whois-registrant-org', 'org'],
  ['mobile-application-id', 'package'],
  ['windows-service-name', 'service'],
  ['process-name', 'process'],
  ['cpe', 'cpe'],
  ['kusto-query', 'query'],
  ['pdb', 'pdb'],
  ['uri', 'url-path'],
  ['cookie', 'cookie'],
  ['hostname', 'domain'],
]);

const accounts: ReadonlyMap<string, string> = new Map([
  ['twitter-id', 'twitter'],
  ['github-username', 'github'],
  ['github-repository', 'github'],
  ['github-organisation', 'github'],
  ['jabber-id', 'jabber'],
]);

const addresses: ReadonlySet<string> = new Set([
  'ip-src',
  'ip-dst',
  'domain',
  'hostname',
  'url',
  'link',
  'email',
  'email-src',
  'email-dst',
  'email-reply-to',
  'whois-registrant-email',
  'dns-soa-email',
  'target-email',
  'eppn',
]);

const words: ReadonlySet<string> = new Set([
  'text',
  'comment',
  'other',
  'yara',
  'sigma',
  'snort',
  'bro',
  'zeek',
  'stix2-pattern',
  'pattern-in-file',
  'pattern-in-memory',
  'pattern-in-traffic',
  'email-body',
  'email-header',
  'target-location',
  'target-user',
  'target-machine',
  'target-external',
  'attack-pattern',
  'gene',
  'anonymised',
  'prtn-number',
  'nationality',
  'place-of-birth',
  'weakness',
  'whois-registrar',
  'identity-card-number',
  'passport-number',
  'visa-number',
  'redress-number',
  'first-name',
  'last-name',
  'middle-name',
  'issue-date-of-the-visa',
]);

const uncomparable: ReadonlySet<string> = new Set([
  'size-in-bytes',
  'counter',
  'float',
  'boolean',
  'datetime',
  'port',
  'mime-type',
  'hex',
  'date-of-birth',
  'whois-creation-date',
  'gender',
  'cortex',
  'email-mime-boundary',
  'email-thread-index',
  'http-method',
]);

/** A single value under a single type of MISP; composites are taken apart before. */
function valueUnder(type: string, value: string): ObservedValue | undefined {
  const trimmed = value.trim();
  if (trimmed === '') return undefined;
  if (type === 'vulnerability')
    return /^CVE-\d{4}-\d{4,8}$/i.test(trimmed) ? { type: 'cve', value: trimmed.toUpperCase() } : { type: 'vulnerability', value: trimmed };
  if (type === 'AS') return { type: 'asn', value: `AS${trimmed.replace(/^AS/i, '')}` };
  const hash = hashType(type);
  if (hash !== undefined) return hashValue(hash, trimmed);
  if (addresses.has(type)) return addressValue(trimmed) ?? (/\s/.test(trimmed) ? undefined : { type, value: trimmed });
  const platform = accounts.get(type);
  if (platform !== undefined) return channelValue(trimmed, platform);
  return { type: types.get(type) ?? type, value: trimmed };
}

/** What an attribute means. `filename|sha1` and the other composites give each of their parts; a type that nobody knows is kept as it is. */
export function meaningOfAttribute(type: string, category: string, value: string): AttributeMeaning {
  if (type === 'link' || (type === 'url' && category === 'External analysis')) return { kind: 'reference' };
  if (words.has(type)) return { kind: 'text' };
  if (uncomparable.has(type)) return { kind: 'silent', reason: `a ${type} alone says nothing that can be compared` };
  if (type === 'attachment') return { kind: 'observables', values: [{ type: 'filename', value }] };
  const names = (type === 'malware-sample' ? 'filename|md5' : type).split('|');
  const parts = names.length === 1 ? [value] : splitComposite(value, names.length);
  const values = names.flatMap((name, index) => (name === 'port' ? [] : (valueUnder(name, parts[index] ?? '') ?? [])));
  return values.length === 0
    ? { kind: 'silent', reason: `the value does not fit the type ${type.slice(0, 60)}` }
    : { kind: 'observables', values };
}

/** Composites part at the last bars: a file name may hold one. */
function splitComposite(value: string, count: number): readonly string[] {
  const parts = value.split('|');
  return parts.length <= count ? parts : [parts.slice(0, parts.length - count + 1).join('|'), ...parts.slice(parts.length - count + 1)];
}
