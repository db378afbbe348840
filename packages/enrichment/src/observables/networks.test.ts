import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { compileNetworks } from './networks.ts';

describe('networks', () => {
  test('have the addresses in them and no others', () => {
    const networks = compileNetworks(['185.0.0.0/16', '93.158.203.140', '2001:db8::/32', '0.0.0.0/32']);

    expect(['185.0.9.9', '93.158.203.140', '2001:db8:1::1', '::ffff:185.0.1.2'].map((address) => networks.has(address))).toEqual(
      Array(4).fill(true),
    );
    expect(['185.1.0.0', '93.158.203.141', '2001:db9::1', 'x.org', '185.0.x', ''].map((address) => networks.has(address))).toEqual(
      Array(6).fill(false),
    );
  });

  test('law: an address is in them exactly when one of them matches it', () => {
    const anyNetwork = fc.oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
      fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
    );
    fc.assert(
      fc.property(fc.array(anyNetwork, { maxLength: 5 }), fc.oneof(fc.ipV4(), fc.ipV6()), (written, text) => {
        const address = ipaddr.process(text);
        const matching = written.some(([network, length]) => {
          const base = ipaddr.parse(network);
          return base.kind() === address.kind() && address.match([base, length]);
        });

        expect(compileNetworks(written.map(([network, length]) => `${network}/${length}`)).has(text)).toBe(matching);
      }),
    );
  });
});
