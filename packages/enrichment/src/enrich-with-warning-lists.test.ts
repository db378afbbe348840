import { compareEnrichmentVersions, Register, WarningList } from '@samenhang/domain';
import { describe, expect, it } from 'vitest';
import { enrichmentVersion, enrichSignal } from './enrich-signal.ts';
import { compileWarningLists } from './observables/compile-warning-lists.ts';
import { compileRegister } from './register/compile-register.ts';

const listsOf = (version: number, ...list: readonly string[]) =>
  compileWarningLists([WarningList.parse({ type: 'string', version, list })]);
const signal = {
  title: 'Mail from kozlov@evil-mail.org',
  text: 'It linked to dropper-site.net and to other-site.net.',
  observables: [
    { type: 'domain', value: 'Bad[.]host.org' },
    { type: 'org', value: 'Everybody Ltd' },
    { type: 'org', value: 'Norvik Grid' },
  ],
};

describe('enriching with warning lists', () => {
  it('keeps what they call too common, posted or found, and says so', () => {
    const plain = enrichSignal(signal);
    const enriched = enrichSignal(signal, { warningLists: listsOf(1, 'bad.host.org', 'dropper-site.net', 'everybody ltd') });

    expect(enriched.observables).toEqual(plain.observables);
    expect(enriched.common).toEqual([signal.observables[0], signal.observables[1], { type: 'domain', value: 'dropper-site.net' }]);
    expect(enriched.named).toEqual(['norvik grid']);
  });

  it('is what it is without them when they name nothing of a signal, but for its version', () => {
    const { version, ...plain } = enrichSignal(signal);
    const { version: later, ...enriched } = enrichSignal(signal, { warningLists: listsOf(1, 'x') });

    expect(enriched).toEqual(plain);
    expect(later).not.toBe(version);
  });

  it('has their version in its own: first the enrichers, then the register, then the lists', () => {
    const registerOf = (version: number) => compileRegister(Register.parse({ version, entries: [] }));
    const versionOf = (known: Parameters<typeof enrichSignal>[1]) => enrichSignal({ title: 'a', text: 'b' }, known).version;
    const rising = [
      versionOf({}),
      versionOf({ warningLists: listsOf(9, 'a') }),
      versionOf({ warningLists: listsOf(10) }),
      versionOf({ register: registerOf(1) }),
      versionOf({ register: registerOf(1), warningLists: listsOf(1) }),
      versionOf({ register: registerOf(2) }),
    ];

    expect(rising[0]).toBe(enrichmentVersion);
    expect([...rising].reverse().sort(compareEnrichmentVersions)).toEqual(rising);
  });
});
