import ipaddr from 'ipaddr.js';

/** Addresses that lie in one of many networks; asking costs one look-up for each length of prefix among them. */
export interface Networks {
  /** False for what is no address. */
  has(address: string): boolean;
}

type Address = ReturnType<typeof ipaddr.parse>;
const addressBits = { ipv4: 32, ipv6: 128 } as const;

/** The first so many bits of an address, with its kind and their number. */
const prefixOf = (address: Address, length: number): string => {
  const kind = address.kind();
  const number = BigInt(`0x${Buffer.from(address.toByteArray()).toString('hex')}`);
  return `${kind}/${length}/${number >> BigInt(addressBits[kind] - length)}`;
};

const parsed = (network: string): readonly [Address, number] => {
  if (network.includes('/')) return ipaddr.parseCIDR(network);
  const address = ipaddr.parse(network);
  return [address, addressBits[address.kind()]];
};

/** Makes networks and single addresses ready to be asked. Throws for what is neither. */
export function compileNetworks(networks: readonly string[]): Networks {
  const prefixes = new Set<string>();
  const lengths = { ipv4: new Set<number>(), ipv6: new Set<number>() };
  for (const [address, length] of networks.map(parsed)) {
    lengths[address.kind()].add(length);
    prefixes.add(prefixOf(address, length));
  }
  return {
    has(text) {
      if (!ipaddr.isValid(text)) return false;
      const address = ipaddr.process(text);
      for (const length of lengths[address.kind()]) if (prefixes.has(prefixOf(address, length))) return true;
      return false;
    },
  };
}
