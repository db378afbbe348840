import ipaddr from 'ipaddr.js';

/** True for four decimal numbers of 0 to 255 without leading zeros. */
export function isIpv4(text: string): boolean {
  if (text.length < 7 || text.length > 15) return false;
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** The canonical form (RFC 5952) of an IPv6 address; undefined for a time of day, a MAC address or anything else. */
export function canonicalIpv6(text: string): string | undefined {
  if (text.length < 3 || text.length > 45 || !/^[0-9a-f:.]+$/i.test(text)) return undefined;
  const groups = text.split(':');
  if (groups.length < 3 || (!text.includes('::') && groups.length < 7) || !groups.some((group) => group.length > 0)) return undefined;
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text).toRFC5952String() : undefined;
}

/** Six pairs of hexadecimal digits with one kind of mark between them, as `00:1a:2b:3c:4d:5e`. */
export const canonicalMac = (text: string): string | undefined =>
  text.length === 17 && (/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(text) || /^[0-9a-f]{2}(-[0-9a-f]{2}){5}$/i.test(text))
    ? text.toLowerCase().replaceAll('-', ':')
    : undefined;
