import type { Link, Signal } from '@samenhang/domain';
import { aSignal } from '@samenhang/testing';

/** A report that differs from the others by its number. */
export const report = (number: number, given: Parameters<typeof aSignal>[0] = {}): Signal =>
  aSignal({ externalId: `r-${number}`, title: `Report ${number}`, ...given });

/** A link of two signals whose evidence sums to its bits. */
export const linkOf = (one: string, other: string, kind: Link['kind'] = 'link', bits = 6): Link => {
  const [a, b] = one < other ? [one, other] : [other, one];
  return {
    a,
    b,
    kind,
    bits,
    evidence: [
      { kind: 'domain', bits: bits + 0.5, says: 'both hold a domain' },
      { kind: 'bias', bits: -0.5, says: 'chance' },
    ],
  };
};
