import { Register } from '@samenhang/domain';
import { describe, expect, it } from 'vitest';
import { enrichmentVersion, enrichSignal } from './enrich-signal.ts';
import { compileRegister } from './register/compile-register.ts';

const register = (version = 1) =>
  compileRegister(Register.parse({ version, entries: [{ id: 'norvik-grid', kind: 'organisation', name: 'Norvik Grid Company' }] }));
const bodiesOf = (title: string, text: string, known = true) =>
  enrichSignal({ title, text, lang: 'en' }, known ? { register: register() } : {})
    .mentions.filter(({ kind }) => kind === 'organisation')
    .map(({ value, start, end }) => [value, `${title}\n${text}`.slice(start, end)]);

describe('enriching with a register', () => {
  it('mentions its entries, and what the text itself abbreviates', () => {
    expect(bodiesOf('Fire at Norvik Grid Company', 'The Maritime Rescue Centre (MRC) said so.')).toEqual([
      ['register:norvik-grid', 'Norvik Grid Company'],
      ['maritime rescue centre', 'Maritime Rescue Centre'],
      ['maritime rescue centre', 'MRC'],
    ]);
  });

  it('finds no entries without one', () => {
    expect(bodiesOf('Fire at Norvik Grid Company', 'It burned.', false)).toEqual([]);
  });

  it('has the version of the register in its own, the higher the later', () => {
    const versionOf = (known?: number) =>
      enrichSignal({ title: 'a', text: 'b' }, known === undefined ? {} : { register: register(known) }).version;

    expect(versionOf()).toBe(enrichmentVersion);
    expect(versionOf(2)).toBe(`${enrichmentVersion}+${register(2).version}`);
    expect([versionOf(10), versionOf(), versionOf(2)].sort()).toEqual([versionOf(), versionOf(2), versionOf(10)]);
  });
});
