import ipaddr from 'ipaddr.js';

/**
 * True for an address of the public internet: no private, loopback, link-local, multicast, documentation or reserved range. IPv6 ranges that carry an IPv4
 * address (mapped, Teredo, 6to4, NAT64) are judged by it or are no plain unicast, so they are not public either.
 */
export const isPublicAddress = (address: string): boolean => ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';

/** True when the host is one of the list, or below one that is written with a leading dot. */
export const isListedHost = (host: string, hosts: readonly string[]): boolean =>
  hosts.some((listed) => (listed.startsWith('.') ? host.endsWith(listed.toLowerCase()) : host === listed.toLowerCase()));
