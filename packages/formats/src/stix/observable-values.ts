import { isObject, type JsonObject, member, numberOf, objectOf, objectsOf, textOf } from '../json/json-value.ts';
import { addressValue, channelValue, hashType, hashValue, type ObservedValue } from './observed-value.ts';

type Reader = (value: JsonObject) => readonly (ObservedValue | undefined)[];

const named =
  (type: string, ...keys: readonly string[]): Reader =>
  (value) => {
    const found = keys.map((key) => textOf(value, key)).find((text) => text !== undefined);
    return [found === undefined ? undefined : { type, value: found }];
  };

/** An address; words that are none stay under the type that the partner gave them, unless they are a sentence. */
const address =
  (fallback: string): Reader =>
  (value) => {
    const text = textOf(value, 'value');
    if (text === undefined) return [];
    return [addressValue(text) ?? (/\s/.test(text.trim()) ? undefined : { type: fallback, value: text })];
  };

function hashesOf(value: JsonObject, certificate = false): readonly ObservedValue[] {
  return Object.entries(objectOf(value, 'hashes') ?? {}).flatMap(([algorithm, hash]) => {
    if (typeof hash !== 'string') return [];
    const type = hashType(algorithm) ?? algorithm.toLowerCase();
    return [certificate ? { type: 'certificate', value: hash.toLowerCase() } : hashValue(type, hash)];
  });
}

const file: Reader = (value) => [...named('filename', 'name')(value), ...hashesOf(value)];

const account: Reader = (value) => {
  const name = textOf(value, 'account_login') ?? textOf(value, 'user_id') ?? textOf(value, 'display_name');
  return [name === undefined ? undefined : channelValue(name, textOf(value, 'account_type'))];
};

const registry: Reader = (value) => named('regkey', 'key')(value);

const mediaContent: Reader = (value) =>
  ['url', 'title', 'content'].map((key) => {
    const text = textOf(value, key)?.trim();
    if (text === undefined) return undefined;
    if (/^#[^\s#]{1,100}$/.test(text)) return { type: 'hashtag', value: text };
    const found = addressValue(text);
    return found?.type === 'url' || found?.type === 'domain' ? found : undefined;
  });

const autonomousSystem: Reader = (value) => {
  const number = numberOf(value, 'number');
  return [number === undefined ? undefined : { type: 'asn', value: `AS${number}` }];
};

const software: Reader = (value) => {
  const name = textOf(value, 'name');
  return [
    name === undefined ? undefined : { type: 'software', value: [name, textOf(value, 'version') ?? ''].join(' ').trim() },
    ...named('cpe', 'cpe')(value),
  ];
};

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['ipv4-addr', address('ipv4')],
  ['ipv6-addr', address('ipv6')],
  ['domain-name', address('domain')],
  ['hostname', address('domain')],
  ['x-opencti-hostname', address('domain')],
  ['url', address('url')],
  ['email-addr', address('email')],
  ['mac-addr', named('mac', 'value')],
  ['mutex', named('mutex', 'name')],
  ['autonomous-system', autonomousSystem],
  ['file', file],
  ['artifact', (value) => [...named('url', 'url')(value), ...hashesOf(value)]],
  ['directory', named('path', 'path')],
  ['process', (value) => [...named('command-line', 'command_line')(value), ...named('process', 'name')(value)]],
  ['software', software],
  ['user-account', account],
  ['windows-registry-key', registry],
  ['x509-certificate', (value) => [...hashesOf(value, true), ...named('certificate-serial', 'serial_number')(value)]],
  ['email-message', (value) => [...named('email-subject', 'subject')(value), ...named('email-message-id', 'message_id')(value)]],
  [
    'network-traffic',
    (value) => objectsOf(objectOf(value, 'extensions') ?? {}, 'http-request-ext').flatMap(named('url-path', 'request_value')),
  ],
  ['cryptocurrency-wallet', named('wallet', 'value')],
  ['phone-number', named('phone', 'value')],
  ['bank-account', (value) => [...named('iban', 'iban')(value), ...named('bank-account', 'account_number')(value)]],
  ['payment-card', named('payment-card', 'card_number')],
  ['user-agent', named('user-agent', 'value')],
  ['persona', named('account', 'persona_name')],
  ['media-content', mediaContent],
]);

const wordsOnly: ReadonlySet<string> = new Set(['text']);

/** True for a cyber-observable of STIX or of the OpenCTI extensions. */
export const isObservableType = (type: string): boolean => readers.has(type) || wordsOnly.has(type);

/** The values a cyber-observable names, typed and without what is empty or only words; an unknown one gives its `value` under its own type. */
export function observableValues(type: string, value: JsonObject): readonly ObservedValue[] {
  if (wordsOnly.has(type)) return [];
  const reader = readers.get(type) ?? named(type, 'value');
  return reader(value).filter((item): item is ObservedValue => item !== undefined && item.value.trim() !== '');
}

/** The cyber-observables inside an observed-data object of STIX 2.0, which are not objects of the bundle. */
export function embeddedObservables(value: JsonObject): readonly ObservedValue[] {
  return Object.values(objectOf(value, 'objects') ?? {}).flatMap((item) => {
    const type = isObject(item) ? member(item, 'type') : undefined;
    return isObject(item) && typeof type === 'string' ? observableValues(type, item) : [];
  });
}
