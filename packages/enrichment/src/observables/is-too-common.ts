import { normaliseObservable, type Observable } from '@samenhang/domain';
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
import { compileNetworks } from './networks.ts';
import { hostOfFrontPage, isAddressType, isHostType, splitUrl, suffixesOf } from './web-values.ts';

const networks = compileNetworks(specialNetworks);

/** True for a value that half of all reports share, so that sharing it means nothing. */
export function isTooCommon(observable: Observable): boolean {
  const { type, value } = normaliseObservable(observable);
  if (isAddressType(type)) return isCommonIp(value);
  if (isHostType(type)) return isCommonHost(value);
  if (type === 'email') return commonMailboxes.has(value.slice(0, value.indexOf('@'))) || isReserved(value.slice(value.indexOf('@') + 1));
  if (type === 'url') return isCommonUrl(value);
  if (type === 'filename' || type === 'process') return commonFiles.has(value.toLowerCase());
  return emptyHashes.has(value);
}

const isCommonIp = (address: string): boolean => publicResolvers.has(address) || networks.has(address);

const isReserved = (host: string): boolean => suffixesOf(host).some((suffix) => reservedSuffixes.includes(suffix)) || !host.includes('.');

function isCommonHost(host: string): boolean {
  const registered = getDomain(host, { allowPrivateDomains: false }) ?? host;
  return isReserved(host) || popularDomains.has(registered) || shorteners.has(registered);
}

function isCommonUrl(url: string): boolean {
  const { host } = splitUrl(url);
  if (isReserved(host) || isCommonIp(host)) return true;
  const front = hostOfFrontPage(url);
  return front !== undefined && isCommonHost(front);
}
