import type { Observable } from '@samenhang/domain';
import type { KeyDraft, SharedValueKind } from './evidence-kind.ts';
import { hostKeys } from './host-keys.ts';
import { isPopular } from './popular-values.ts';
import { compared } from './typed-observables.ts';

const address = /^(?:[a-z][a-z0-9+.-]{0,20}:\/\/)?([^/?#:@\s]{1,253})(?::\d{1,5})?([^#]*)/;
const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const leastPath = 7;

/** True for a path that reads as a headline or holds a date: it cites a publication, whose host is a publisher. */
const isArticle = (path: string): boolean =>
  path.split('/').some((part) => part.split('-').length > 3) || /\/(?:19|20)\d\d\/\d\d?(?:\/|$)/.test(path);

const named = (keys: readonly KeyDraft[]): readonly { kind: string; value: string }[] => keys.map(({ kind, value }) => ({ kind, value }));

/** What a URL names, the most exact first, each implying what follows from it. */
function urlKeys(url: string): readonly KeyDraft[] {
  const [, authority = '', tail = ''] = address.exec(url) ?? [];
  const host = authority.replace(/^www\./, '');
  const path = tail.replace(/\/$/, '');
  if (host === '') return [];
  const paths = path.length >= leastPath && !isPopular(host) ? [{ kind: 'url-path', value: path }] : [];
  if (isArticle(path)) {
    const publisher = isPopular(host) ? [] : [{ kind: 'publisher', value: host }];
    return [{ kind: 'url', value: host + path, implies: [...publisher, ...paths] }, ...publisher, ...paths];
  }
  const network = { kind: 'network', value: host.split('.').slice(0, 3).join('.') };
  const hosts: readonly KeyDraft[] = ipv4.test(host) ? [{ kind: 'ip', value: host, implies: [network] }, network] : hostKeys(host);
  return [{ kind: 'url', value: host + path, implies: [...named(hosts), ...paths] }, ...hosts, ...paths];
}

function keysOfObservable({ type, value: posted }: Observable): readonly KeyDraft[] {
  const value = compared(posted);
  if (type === 'domain' || type === 'hostname') return hostKeys(value);
  return type === 'url' ? urlKeys(value) : [];
}

/** Two signals name the same URL, path, host or registered domain, or domains made after one pattern; the most exact one counts alone. */
export const webAddresses: SharedValueKind = {
  nouns: {
    url: 'the web address',
    'url-path': 'the path',
    publisher: 'the publisher',
    domain: 'the host',
    'registered-domain': 'the domain',
    'domain-template': 'domains of the pattern',
    'domain-beginning': 'domains that begin with',
    'label-piece': 'domains with the letters',
  },
  description: 'The same web address, or the part or pattern of it that they have in common.',
  keysOf: ({ observables }) => observables.flatMap(keysOfObservable),
};
