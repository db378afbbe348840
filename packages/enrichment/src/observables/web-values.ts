export const isAddressType = (type: string): boolean => type === 'ipv4' || type === 'ipv6' || type === 'ip';
export const isHostType = (type: string): boolean => type === 'domain' || type === 'hostname';

/** `a.b.c`, `b.c`, `c`; at most ten of them. */
export function suffixesOf(host: string): readonly string[] {
  const labels = host.split('.').slice(-10);
  return labels.map((_, index) => labels.slice(index).join('.'));
}

/** The host of a web address and what follows it and its port. */
export function splitUrl(url: string): { readonly host: string; readonly rest: string } {
  const [, host = '', rest = ''] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#:]*)(?::\d+)?(.*)$/i.exec(url) ?? [];
  return { host, rest };
}

/** The host when the address is its front page: that says no more than the host, while another page of it does. */
export function hostOfFrontPage(url: string): string | undefined {
  const { host, rest } = splitUrl(url);
  return rest === '' || rest === '/' ? host : undefined;
}
