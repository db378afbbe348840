import { type Enrichment, normaliseObservable, type Observable, refang, type Signal, withoutCommon } from '@samenhang/domain';
import type { KeyDraft, SharedValueKind } from './evidence-kind.ts';
import { hostKeys } from './host-keys.ts';
import { isFreeMail } from './popular-values.ts';

const hash = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/;

const plainKinds = new Map<string, string>([
  ['ssdeep', 'file-hash'],
  ['imphash', 'file-hash'],
  ['account', 'account'],
  ['iban', 'iban'],
  ['wallet', 'wallet'],
  ['filename', 'file-name'],
  ['process', 'file-name'],
  ['mutex', 'mutex'],
  ['regkey', 'registry-key'],
  ['cve', 'cve'],
]);

/** Types that other kinds read, or that name a class and not a thing: sharing a country or a sector is not sharing a value. */
const elsewhere = new Set([
  'domain',
  'hostname',
  'url',
  'org',
  'organisation',
  'organization',
  'person',
  'vessel',
  'country',
  'sector',
  'threat-actor',
  'attack-pattern',
  'disarm-technique',
  'theme',
  'technique',
]);

/** Package name spaces that every vendor or tutorial uses. */
const commonPackages = new Set([
  'com.android',
  'com.example',
  'com.google',
  'org.test',
  'com.test',
  'com.samsung',
  'com.apple',
  'com.microsoft',
]);

/** Types that tie reports when their texts name them. Handles and tags that a text only mentions are talk: on short posts they made every pair one of class indicator (crisislex F1 .61 to .43). */
const tellingInText = new Set([
  'domain',
  'url',
  'ipv4',
  'ipv6',
  'cidr',
  'email',
  'md5',
  'sha1',
  'sha256',
  'sha512',
  'iban',
  'wallet',
  'phone',
  'cve',
  'mmsi',
  'aircraft',
  'asn',
  'mac',
]);

/** Every observable of a signal that can tie it to another: all that were posted, and those found in its text that tell something; none that is too common. */
export const observablesOf = (signal: Signal, enrichment: Enrichment): readonly Observable[] =>
  withoutCommon([...signal.observables, ...enrichment.observables.filter(({ type }) => tellingInText.has(type))], enrichment);

/** A value as it is compared: lower case, without the marks by which analysts make an address harmless. */
export function compared(value: string): string {
  const lower = value.trim().toLowerCase();
  return harmless.test(lower) ? refang(lower) : lower;
}

/** A value may hold one of the marks. */
const harmless = /[[({]|^(?:hxx|h\*\*|fx)p/;

function ipKeys(address: string): readonly KeyDraft[] {
  const parts = address.split('.');
  if (parts.length !== 4) return [{ kind: 'ip', value: address }];
  const network = { kind: 'network', value: parts.slice(0, 3).join('.') };
  return [{ kind: 'ip', value: address, implies: [network] }, network];
}

function emailKeys(address: string): readonly KeyDraft[] {
  const domain = address.slice(address.indexOf('@') + 1);
  if (domain === '' || domain === address || isFreeMail(domain)) return [{ kind: 'email', value: address }];
  const hosts = hostKeys(domain);
  return [{ kind: 'email', value: address, implies: hosts.map(({ kind, value }) => ({ kind, value })) }, ...hosts];
}

function packageKeys(name: string): readonly KeyDraft[] {
  const parts = name.split('.');
  const prefix = { kind: 'package-prefix', value: parts.slice(0, 2).join('.') };
  return parts.length < 3 || commonPackages.has(prefix.value)
    ? [{ kind: 'package', value: name }]
    : [{ kind: 'package', value: name, implies: [prefix] }, prefix];
}

function keysOfObservable({ type, value: posted }: Observable): readonly KeyDraft[] {
  const value = compared(posted);
  if (elsewhere.has(type) || value === '') return [];
  if (type === 'certificate') return [{ kind: 'certificate', value: value.replaceAll(':', '') }];
  if (hash.test(value)) return [{ kind: 'file-hash', value }];
  if (type === 'ipv4' || type === 'ipv6' || type === 'ip') return ipKeys(type === 'ipv6' ? value : value.replace(/[:/]\d+$/, ''));
  if (type === 'email') return emailKeys(value);
  if (type === 'package') return packageKeys(value);
  if (type === 'phone') return [{ kind: 'phone', value: normaliseObservable({ type, value }).value.replaceAll(/\D/g, '') }];
  if (type === 'hashtag') return [{ kind: 'hashtag', value: value.replace(/^#/, '').normalize('NFKC') }];
  const kind = plainKinds.get(type);
  return kind === undefined ? [{ kind: 'other', value: `${type}:${value}` }] : [{ kind, value: value.replaceAll(' ', '') }];
}

/** Two signals name the very same typed value: a file hash, an address, an account. */
export const typedObservables: SharedValueKind = {
  nouns: {
    'file-hash': 'the file hash',
    ip: 'the address',
    network: 'the network',
    package: 'the package',
    'package-prefix': 'packages of',
    certificate: 'the certificate',
    email: 'the mail address',
    account: 'the account',
    phone: 'the phone number',
    iban: 'the bank account',
    wallet: 'the wallet',
    'file-name': 'the file name',
    mutex: 'the mutex',
    'registry-key': 'the registry key',
    hashtag: 'the hashtag',
    cve: 'the vulnerability',
    other: 'the value',
  },
  description: 'The same typed value in both reports.',
  keysOf: ({ observables }) => observables.flatMap(keysOfObservable),
};
