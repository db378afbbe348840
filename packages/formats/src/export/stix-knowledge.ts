import { canonicalJson, type Observable, type Place, type Technique, uuidV5 } from '@samenhang/domain';
import type { JsonObject } from '../json/json-value.ts';
import { observableValues } from '../stix/observable-values.ts';
import { hashType } from '../stix/observed-value.ts';
import { ownExtensionId } from './own-extension.ts';

/** The namespace of identifiers of cyber-observables (STIX 2.1 section 2.9). */
const observableNamespace = '00abedb4-aa42-466c-9c23-fed23f5217d7';
/** Ours, for knowledge objects that any two exports should call the same. */
const knowledgeNamespace = 'c1bd6e54-2f4e-5a0c-9d0e-0a6f0f4b7a31';

/** Knowledge objects have no history of ours: one version for good. */
const made = { spec_version: '2.1', created: '2026-11-01T00:00:00.000Z', modified: '2026-11-01T00:00:00.000Z' } as const;

const idOf = (type: string, namespace: string, parts: JsonObject): string => `${type}--${uuidV5(namespace, canonicalJson(parts))}`;

type Shape = { readonly type: string; readonly parts: JsonObject };

const algorithmNames: ReadonlyMap<string, string> = new Map([
  ['md5', 'MD5'],
  ['sha1', 'SHA-1'],
  ['sha256', 'SHA-256'],
  ['sha512', 'SHA-512'],
  ['ssdeep', 'SSDEEP'],
  ['tlsh', 'TLSH'],
]);

const simple: ReadonlyMap<string, readonly [type: string, key: string]> = new Map<string, readonly [string, string]>([
  ['ipv4', ['ipv4-addr', 'value']],
  ['ipv6', ['ipv6-addr', 'value']],
  ['domain', ['domain-name', 'value']],
  ['url', ['url', 'value']],
  ['email', ['email-addr', 'value']],
  ['mac', ['mac-addr', 'value']],
  ['mutex', ['mutex', 'name']],
  ['filename', ['file', 'name']],
  ['path', ['directory', 'path']],
  ['regkey', ['windows-registry-key', 'key']],
  ['command-line', ['process', 'command_line']],
  ['account', ['user-account', 'account_login']],
  ['certificate-serial', ['x509-certificate', 'serial_number']],
  ['software', ['software', 'name']],
]);

function shapeOf({ type, value }: Observable): Shape | undefined {
  const known = simple.get(type);
  if (known !== undefined) return { type: known[0], parts: { [known[1]]: value } };
  if (type === 'asn' && /^AS\d{1,10}$/.test(value)) return { type: 'autonomous-system', parts: { number: Number(value.slice(2)) } };
  const algorithm = hashType(type) === type ? algorithmNames.get(type) : undefined;
  return algorithm === undefined ? undefined : { type: 'file', parts: { hashes: { [algorithm]: value } } };
}

/** The cyber-observable of an observable: a standard one when reading it back gives the very same type and value, else one that carries both as they are. */
export function stixObservable(observable: Observable): JsonObject {
  const shape = shapeOf(observable);
  const back = shape === undefined ? [] : observableValues(shape.type, shape.parts);
  if (shape !== undefined && back.length === 1 && back[0]?.type === observable.type && back[0].value === observable.value) {
    return { type: shape.type, spec_version: '2.1', id: idOf(shape.type, observableNamespace, shape.parts), ...shape.parts };
  }
  const parts = { observable_type: observable.type, value: observable.value };
  const id = idOf(ownObservableType, observableNamespace, parts);
  return { type: ownObservableType, spec_version: '2.1', id, ...parts, extensions: { [ownExtensionId]: { extension_type: 'new-sco' } } };
}

/** The type of a cyber-observable that STIX has no object for. */
export const ownObservableType = 'x-samenhang-observable';

/** The attack pattern of a technique; DISARM and ATT&CK are told apart by source and kill chain. */
export function stixTechnique({ framework, id }: Technique): JsonObject {
  const source = framework === 'disarm' ? 'DISARM' : 'mitre-attack';
  return {
    type: 'attack-pattern',
    ...made,
    id: idOf('attack-pattern', knowledgeNamespace, { framework, id }),
    name: `${framework === 'disarm' ? 'DISARM' : 'ATT&CK'} ${id}`,
    external_references: [{ source_name: source, external_id: id }],
  };
}

/** The location of a place; STIX wants a country, region or point, so a bare name is its own region. */
export function stixLocation(place: Place): JsonObject {
  const point = place.lat === undefined || place.lon === undefined ? {} : { latitude: place.lat, longitude: place.lon };
  const where = place.country === undefined && place.lat === undefined ? { region: place.name ?? 'unknown' } : {};
  return {
    type: 'location',
    ...made,
    id: idOf('location', knowledgeNamespace, { ...place }),
    ...(place.name === undefined ? {} : { name: place.name }),
    ...(place.country === undefined ? {} : { country: place.country }),
    ...where,
    ...point,
  };
}

/** The party that reported. */
export const stixIdentity = (source: string): JsonObject => ({
  type: 'identity',
  ...made,
  id: idOf('identity', knowledgeNamespace, { source }),
  name: source,
  identity_class: 'organization',
});
