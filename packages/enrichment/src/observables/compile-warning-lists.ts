import { hash } from 'node:crypto';
import { normaliseObservable, type Observable, type WarningList } from '@samenhang/domain';
import { compileNetworks } from './networks.ts';
import { hostOfFrontPage, isAddressType, isHostType, suffixesOf } from './web-values.ts';

/** Warning lists ready to be asked. Lists with the same content, in whatever order, compile to the same. */
export interface CompiledWarningLists {
  /** Versions and content of the lists; lists with a higher version sort after lists with a lower one. */
  readonly version: string;
  /** True for an observable that a list calls too common, whatever its case. */
  has(observable: Observable): boolean;
}

type ListType = WarningList['type'];
const types: readonly ListType[] = ['string', 'hostname', 'cidr', 'substring'];
/** Digits that hold the versions of a thousand lists added up. */
const versionDigits = 14;

/** Makes warning lists fast to ask: a value costs one look-up, one for each label of a host, one for each length among networks, and one comparison for each piece. */
export function compileWarningLists(lists: readonly WarningList[]): CompiledWarningLists {
  const of = (type: ListType): readonly string[] => valuesOf(lists, type);
  const values = new Set(of('string'));
  const hosts = new Set(of('hostname').map((host) => host.replace(/^\./, '').replace(/\.$/, '')));
  const pieces = of('substring');
  const networks = compileNetworks(of('cidr'));
  const hasHost = (host: string): boolean => suffixesOf(host).some((suffix) => hosts.has(suffix));
  return {
    version: versionOf(lists),
    has(observable) {
      const { type, value } = normaliseObservable(observable);
      const lower = value.toLowerCase();
      if (values.has(lower) || pieces.some((piece) => lower.includes(piece))) return true;
      if (isAddressType(type)) return networks.has(lower);
      if (isHostType(type)) return hasHost(lower);
      const front = type === 'url' ? hostOfFrontPage(lower) : undefined;
      return front !== undefined && hasHost(front);
    },
  };
}

/** The distinct values of all lists of a type, in lower case and in order. */
const valuesOf = (lists: readonly WarningList[], type: ListType): readonly string[] =>
  [...new Set(lists.flatMap((list) => (list.type === type ? list.list.map((value) => value.trim().toLowerCase()) : [])))].sort();

function versionOf(lists: readonly WarningList[]): string {
  const versions = lists.reduce((sum, { version }) => sum + version, 0);
  const content = JSON.stringify(types.map((type) => valuesOf(lists, type)));
  return `${String(versions).padStart(versionDigits, '0')}.${hash('sha256', content, 'hex').slice(0, 12)}`;
}
