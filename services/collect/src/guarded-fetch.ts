import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { isListedHost, isPublicAddress } from './public-address.ts';
import { readBody } from './read-body.ts';

/** What a request to a partner gave: a whole answer, a refusal by our own rules that trying again cannot mend, or a failure that it may. */
export type Fetched =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

export interface GuardSettings {
  /** Hosts that may be asked; a leading dot means everything below. */
  readonly hosts: readonly string[];
  readonly privateNetworks: boolean;
  readonly bytes: number;
  readonly seconds: number;
  readonly ratio: number;
  readonly redirects: number;
}

export type GuardedFetch = (url: string, headers: Readonly<Record<string, string>>) => Promise<Fetched>;

const secretHeaders: ReadonlySet<string> = new Set(['authorization', 'cookie']);

/**
 * A GET for hostile servers: only listed hosts, whose address is resolved once, checked, and used for the connection (so that it cannot change in between);
 * every redirect is checked anew and loses our secrets on another host; size, time and compression ratio are capped. Never rejects.
 */
export function createGuardedFetch(settings: GuardSettings): GuardedFetch {
  return async (url, headers) => {
    const deadline = AbortSignal.timeout(settings.seconds * 1_000);
    let at = url;
    let sent = headers;
    for (let hops = 0; ; hops += 1) {
      const target = await checkTarget(at, settings);
      if ('kind' in target) return target;
      const answer = await once(target, sent, settings, deadline);
      if (answer.kind !== 'answered' || !isRedirect(answer.status)) return answer;
      const next = answer.headers.location === undefined ? undefined : URL.parse(answer.headers.location, at);
      if (next === null || next === undefined) return { kind: 'failed', reason: `a redirect (${answer.status}) without an address` };
      if (hops >= settings.redirects) return { kind: 'refused', reason: `more than ${settings.redirects} redirects` };
      if (target.url.protocol === 'https:' && next.protocol !== 'https:')
        return { kind: 'refused', reason: 'a redirect from https to http' };
      if (next.host !== target.url.host)
        sent = Object.fromEntries(Object.entries(sent).filter(([name]) => !secretHeaders.has(name.toLowerCase())));
      at = next.href;
    }
  };
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

interface Target {
  readonly url: URL;
  readonly address: string;
}

type Refusal = Extract<Fetched, { kind: 'refused' | 'failed' }>;

async function checkTarget(text: string, { hosts, privateNetworks }: GuardSettings): Promise<Target | Refusal> {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return { kind: 'refused', reason: 'not an http or https address' };
  if (url.username !== '' || url.password !== '') return { kind: 'refused', reason: 'an address with a user name in it' };
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (!isListedHost(host, hosts)) return { kind: 'refused', reason: `the host ${host} is not on the list of allowed hosts` };
  const addresses = isIP(host) === 0 ? await lookup(host, { all: true, verbatim: true }).catch(() => undefined) : [{ address: host }];
  const first = addresses?.[0];
  if (addresses === undefined || first === undefined) return { kind: 'failed', reason: `the host ${host} cannot be resolved` };
  const inside = addresses.find(({ address }) => !isPublicAddress(address));
  if (inside !== undefined && !privateNetworks)
    return { kind: 'refused', reason: `the host ${host} is at ${inside.address}, which is not on the public internet` };
  return { url, address: first.address };
}

/** One request to the very address that was checked; the host name goes into the Host header and, with TLS, into the certificate check. */
async function once(
  { url, address }: Target,
  headers: Readonly<Record<string, string>>,
  settings: GuardSettings,
  deadline: AbortSignal,
): Promise<Fetched> {
  const family = isIP(address);
  const send = url.protocol === 'https:' ? https.request : http.request;
  const answered = Promise.withResolvers<IncomingMessage>();
  const request = send(url, {
    method: 'GET',
    headers: { ...headers, 'accept-encoding': 'gzip, identity', 'user-agent': 'samenhang-collect' },
    agent: false,
    signal: deadline,
    maxHeaderSize: 32_768,
    lookup: (_host, options, done) => (options.all === true ? done(null, [{ address, family }]) : done(null, address, family)),
  });
  request.on('response', answered.resolve).on('error', answered.reject).end();
  try {
    const response = await answered.promise;
    const body = await readBody(response, settings);
    if (body.kind !== 'whole') return body;
    const flat = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
    return { kind: 'answered', status: response.statusCode ?? 0, headers: flat, bytes: body.bytes };
  } catch (error) {
    if (deadline.aborted) return { kind: 'failed', reason: `no whole answer within ${settings.seconds} seconds` };
    // Node says `aborted` when the other side closes before the end of the body.
    const message = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    return { kind: 'failed', reason: message === 'aborted' ? 'the answer broke off' : `the connection failed: ${message}` };
  } finally {
    request.destroy();
  }
}
