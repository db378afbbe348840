import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import { canonicalIpv6, isIpv4 } from './ip-address.ts';

/** Endings of programs and files that are also top-level domains: alone they are a file. */
const fileLike: ReadonlySet<string> = new Set('py sh zip mov js ts cs java doc'.split(' '));
/** Endings that are countries first (Poland, Serbia, Moldova, Somalia, Palestine): a file only with a name that files have. */
const countryFirst: ReadonlySet<string> = new Set('pl rs md so ps cc ml vi st'.split(' '));
const fileStems: ReadonlySet<string> = new Set(
  'readme changelog license licence contributing index main mod lib test setup install run build script makefile notes todo config'.split(
    ' ',
  ),
);

/**
 * The host name in its one form (lower case, IDN as punycode) when it ends in a public suffix and has a name before it; undefined for abbreviations,
 * file names and sentences without a space. `sure` is for text that says it is an address.
 */
export function canonicalDomain(text: string, sure = false): string | undefined {
  const name = withoutNextSentence(text.endsWith('.') ? text.slice(0, -1) : text);
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || name.length > 253 || name.length - dot < 3 || /[^\p{L}\p{N}\p{M}._-]/u.test(name) || name.includes('..'))
    return undefined;
  if (!sure && looksLikeWords(name, dot)) return undefined;
  const ascii = domainToASCII(name);
  if (ascii === '') return undefined;
  const parsed = parse(ascii, { allowPrivateDomains: false, extractHostname: false, detectIp: false });
  return parsed.domain === null || parsed.isIcann !== true || parsed.domainWithoutSuffix === null || parsed.domainWithoutSuffix === ''
    ? undefined
    : ascii;
}

/** `host.tld.The` is a host and a sentence that begins without a space. */
function withoutNextSentence(name: string): string {
  const dot = name.lastIndexOf('.');
  return /^\p{Lu}\p{Ll}+$/u.test(name.slice(dot + 1)) && /^[^\p{Lu}]+\.[^\p{Lu}]+$/u.test(name.slice(0, dot)) ? name.slice(0, dot) : name;
}

/** `end.The`, `e.g`, `U.S.A`, `main.py`: no address unless something says so. */
function looksLikeWords(name: string, dot: number): boolean {
  const last = name.slice(dot + 1);
  const first = name.slice(0, name.indexOf('.'));
  if (/^\p{Lu}\p{Ll}/u.test(last) || (/^\p{Lu}/u.test(last) && /\p{Ll}/u.test(name))) return true;
  if (first.length === 1 && name.indexOf('.') === dot && last.length <= 2) return true;
  if (/^\p{Lu}$/u.test(first)) return true;
  if (name.indexOf('.') !== dot) return false;
  return fileLike.has(last.toLowerCase()) || (countryFirst.has(last.toLowerCase()) && fileStems.has(first.toLowerCase()));
}

const platforms: ReadonlySet<string> = new Set([
  't.me',
  'telegram.me',
  'vk.com',
  'ok.ru',
  'twitter.com',
  'x.com',
  'facebook.com',
  'instagram.com',
  'tiktok.com',
  'youtube.com',
  'threads.net',
  'github.com',
  'gitlab.com',
  'rumble.com',
  'odysee.com',
  'gettr.com',
  'gab.com',
  'truthsocial.com',
  'bsky.app',
  'reddit.com',
  'linkedin.com',
  'medium.com',
  'pinterest.com',
  'soundcloud.com',
  'patreon.com',
]);

/** True for the name of a platform: before a path it is an address for sure, however short. */
export const isPlatform = (host: string): boolean => platforms.has(host.toLowerCase());

/** First steps of a path that are parts of a platform, not someone's name. */
const reserved: ReadonlySet<string> = new Set([
  'share',
  'sharer',
  'intent',
  'search',
  'hashtag',
  'home',
  'explore',
  'watch',
  'status',
  'i',
  'p',
  'reel',
  'video',
  'videos',
  'photo',
  'photos',
  'events',
  'about',
  'login',
  'help',
  'policy',
  'feed',
  'embed',
  'results',
  'playlist',
  'r',
  's',
  'posts',
  'story.php',
  'profile.php',
  'permalink.php',
]);

/** A message, picture or film on VK, by its owner and number: `wall-1234_567`. */
const isVkItem = (step: string): boolean => /^(?:wall|photo|video|clip|topic|album|doc)-?\d/.test(step);

/** Steps after which a name follows. */
const beforeName: ReadonlySet<string> = new Set(['channel', 'c', 'user', 'u', 'in', 'company', 'groups', 'pages', 'profile', 'joinchat']);

/** Someone's account on a platform, from the address of their page: `t.me/name`, with what follows the name left out. */
export function accountOfAddress(host: string, path: string): { readonly account: string; readonly whole: boolean } | undefined {
  const bare = host.startsWith('www.') || host.startsWith('m.') ? host.slice(host.indexOf('.') + 1) : host;
  if (!platforms.has(bare)) return undefined;
  const steps = (/^[^?#]*/.exec(path)?.[0] ?? '').split('/').filter((step) => step !== '');
  const [first = '', second] = steps;
  if (
    first === '' ||
    reserved.has(first.toLowerCase()) ||
    (bare === 'vk.com' && isVkItem(first)) ||
    !/^[@\p{L}\p{N}._+-]{2,100}$/u.test(first)
  )
    return undefined;
  const named = beforeName.has(first.toLowerCase());
  if (named && second === undefined) return undefined;
  const name = named ? `${first}/${second}` : first;
  return { account: `${bare}/${name.replace(/^@/, '')}`, whole: steps.length === (named ? 2 : 1) && !/[?#]/.test(path) };
}

/** Where the host of an address ends. */
const hostLength = (address: string): number => {
  const end = address.search(/[/?#]/);
  return end < 0 ? address.length : end;
};

/** A web address in parts: the host in its one form, and the rest as it was. Undefined when the host is none. */
export function readAddress(
  address: string,
  sure: boolean,
): { readonly host: string; readonly port: string; readonly path: string } | undefined {
  const length = hostLength(address);
  const path = address.slice(length);
  const authority = address.slice(0, length);
  const named = authority.slice(authority.lastIndexOf('@') + 1);
  const bracketed = /^\[([0-9a-f:.]{2,45})\](:\d{1,5})?$/i.exec(named);
  if (bracketed !== null) {
    const ip = canonicalIpv6(bracketed[1] ?? '');
    return ip === undefined ? undefined : { host: `[${ip}]`, port: bracketed[2] ?? '', path };
  }
  const colon = named.indexOf(':');
  const name = colon < 0 ? named : named.slice(0, colon);
  const port = colon < 0 ? '' : named.slice(colon);
  if (port !== '' && !/^:\d{1,5}$/.test(port)) return undefined;
  if (isIpv4(name)) return { host: name, port, path };
  const host = canonicalDomain(name, sure);
  return host === undefined ? undefined : { host, port, path };
}
