import { normaliseObservable, type Observable } from '@samenhang/domain';
import ipaddr from 'ipaddr.js';
import { getDomain } from 'tldts';
import {
  commonFiles,
  commonMailboxes,
  emptyHashes,
  popularDomains,
  publicResolvers,
  reservedSuffixes,
  shorteners,
  specialNetworks,
} from './common-values.ts';

/** A warning list in the form of MISP's: values of some types, matched as a whole, by host, by network or by a piece of the value. */
export interface WarningList {
  readonly type: 'string' | 'substring' | 'hostname' | 'cidr';
  readonly list: readonly string[];
}

const networks = specialNetworks.map((network) => ipaddr.parseCIDR(network));

/** True for a value that half of all reports share, so that sharing it means nothing: of our own lists, and of those that a configuration adds. */
export function isTooCommon(observable: Observable, more: CommonValues = noMore): boolean {
  const { type, value } = normaliseObservable(observable);
  if (more.has(value)) return true;
  if (type === 'ipv4' || type === 'ipv6' || type === 'ip') return isCommonIp(value) || more.hasAddress(value);
  if (type === 'domain' || type === 'hostname') return isCommonHost(value) || more.hasHost(value);
  if (type === 'email') return commonMailboxes.has(value.slice(0, value.indexOf('@'))) || isReserved(value.slice(value.indexOf('@') + 1));
  if (type === 'url') return isCommonUrl(value, more);
  if (type === 'filename' || type === 'process') return commonFiles.has(value.toLowerCase());
  return emptyHashes.has(value);
}

/** Values that a configuration calls too common, ready to be asked. */
export interface CommonValues {
  has(value: string): boolean;
  hasHost(host: string): boolean;
  hasAddress(address: string): boolean;
}

const noMore: CommonValues = { has: () => false, hasHost: () => false, hasAddress: () => false };

/** Makes warning lists fast to ask: one look-up per label of a host, one comparison per network of an address. */
export function readWarningLists(lists: readonly WarningList[]): CommonValues {
  const of = (type: WarningList['type']): readonly string[] =>
    lists.filter((list) => list.type === type).flatMap(({ list }) => list.map((value) => value.toLowerCase()));
  const values = new Set(of('string'));
  const hosts = new Set(of('hostname').map((host) => host.replace(/^\./, '')));
  const pieces = of('substring');
  const ranges = of('cidr').flatMap((network) => rangeOf(network));
  return {
    has: (value) => values.has(value.toLowerCase()) || pieces.some((piece) => value.toLowerCase().includes(piece)),
    hasHost: (host) => suffixesOf(host).some((suffix) => hosts.has(suffix)),
    hasAddress: (address) => isWithin(address, ranges),
  };
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

function rangeOf(network: string): readonly Range[] {
  if (ipaddr.isValidCIDR(network)) return [ipaddr.parseCIDR(network)];
  if (!ipaddr.isValid(network)) return [];
  const address = ipaddr.parse(network);
  return [[address, address.kind() === 'ipv4' ? 32 : 128]];
}

function isWithin(address: string, ranges: readonly Range[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match([network, bits]));
}

const isCommonIp = (address: string): boolean => publicResolvers.has(address) || isWithin(address, networks);

/** `a.b.c`, `b.c`, `c`; at most ten of them. */
function suffixesOf(host: string): readonly string[] {
  const labels = host.split('.').slice(-10);
  return labels.map((_, index) => labels.slice(index).join('.'));
}

const isReserved = (host: string): boolean => suffixesOf(host).some((suffix) => reservedSuffixes.includes(suffix)) || !host.includes('.');

function isCommonHost(host: string): boolean {
  const registered = getDomain(host, { allowPrivateDomains: false }) ?? host;
  return isReserved(host) || popularDomains.has(registered) || shorteners.has(registered);
}

/** The front page of a popular site says nothing; a page of it does. */
function isCommonUrl(url: string, more: CommonValues): boolean {
  const found = /^[a-z][a-z0-9+.-]*:\/\/([^/?#:]*)(?::\d+)?(.*)$/i.exec(url);
  const [, host = '', rest = ''] = found ?? [];
  if (isReserved(host) || isCommonIp(host)) return true;
  return (rest === '' || rest === '/') && (isCommonHost(host) || more.hasHost(host));
}
