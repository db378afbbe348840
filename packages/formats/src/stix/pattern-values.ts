import { addressValue, channelValue, hashType, hashValue, type ObservedValue } from './observed-value.ts';
import { type PatternComparison, readPattern } from './pattern-comparisons.ts';

/** Value paths of cyber-observables in patterns, as `type:path`. */
const types: ReadonlyMap<string, string> = new Map([
  ['mutex:name', 'mutex'],
  ['file:name', 'filename'],
  ['file:parent_directory_ref.path', 'path'],
  ['directory:path', 'path'],
  ['process:name', 'process'],
  ['process:command_line', 'command-line'],
  ['windows-registry-key:key', 'regkey'],
  ['email-message:subject', 'email-subject'],
  ['mac-addr:value', 'mac'],
  ['autonomous-system:number', 'asn'],
  ['x509-certificate:serial_number', 'certificate-serial'],
  ['app:id', 'package'],
  ['configuration-profile:id', 'package'],
  ['software:cpe', 'cpe'],
  ['network-traffic:extensions.http-request-ext.request_value', 'url-path'],
]);

/** The values that a comparison is about, typed; none when it says nothing that can be compared (a size, a wildcard, a negation). */
function valuesOf({ object, path, operator, negated, values }: PatternComparison): readonly ObservedValue[] {
  if (
    negated ||
    !(
      operator === '=' ||
      operator === '==' ||
      operator === 'IN' ||
      ((operator === 'LIKE' || operator === 'MATCHES') && values.every(isPlain))
    )
  )
    return [];
  return values.flatMap((value) => typedValue(object, path, value) ?? []);
}

/** A LIKE or MATCHES literal without any wildcard is an equality. */
const isPlain = (literal: string): boolean => !/[%_^$*+?()[\]{}|\\]/.test(literal);

function typedValue(object: string, path: string, value: string): ObservedValue | undefined {
  const last = path.slice(path.lastIndexOf('.') + 1);
  const hash = path.includes('hashes.') || object === 'app' ? hashType(last) : undefined;
  if (object === 'x509-certificate' || path.startsWith('cert.'))
    return hash === undefined ? direct(object, path, value) : { type: 'certificate', value: value.toLowerCase() };
  if (hash !== undefined) return hashValue(hash, value);
  if (object === 'autonomous-system' && last === 'number') return { type: 'asn', value: `AS${value}` };
  if (object === 'user-account' || object === 'x-opencti-channel') return channelValue(value);
  const isAddress = last === 'value' || object === 'hostname' || object === 'x-opencti-hostname';
  if (
    isAddress &&
    [
      'ipv4-addr',
      'ipv6-addr',
      'domain-name',
      'url',
      'email-addr',
      'network-traffic',
      'email-message',
      'hostname',
      'x-opencti-hostname',
    ].includes(object)
  )
    return addressValue(value);
  return direct(object, path, value) ?? (last === 'value' ? { type: object, value } : undefined);
}

function direct(object: string, path: string, value: string): ObservedValue | undefined {
  const type = types.get(`${object}:${path.replaceAll('[]', '')}`);
  return type === undefined || value.trim() === '' ? undefined : { type, value };
}

/** The values a STIX pattern names; `whole` is false when some of it says more than its values do, so that the pattern itself has to be kept. */
export function patternValues(pattern: string): { readonly values: readonly ObservedValue[]; readonly whole: boolean } | undefined {
  const reading = readPattern(pattern);
  if (reading.kind === 'not-a-pattern') return undefined;
  const found = reading.comparisons.map(valuesOf);
  return { values: found.flat(), whole: found.every((values) => values.length > 0) };
}
