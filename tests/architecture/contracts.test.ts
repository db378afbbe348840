import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

const suites = [
  ...(sourceFiles('packages/ports').find(({ path }) => path.endsWith('/contract.ts'))?.text ?? '').matchAll(/\b(describe[A-Z]\w+)/g),
].map(([, name]) => name ?? '');

/** An engine is what a whole service can run on: together its adapters must keep every contract. The audit trail is the same files beside either. */
const engines = { embedded: ['adapter-embedded', 'runtime'], distributed: ['adapter-kafka', 'adapter-mongodb', 'runtime'] } as const;

const runs = (adapters: readonly string[]): readonly string[] =>
  adapters
    .flatMap((name) => sourceFiles(`packages/${name}`))
    .filter(({ path }) => path.endsWith('.test.ts'))
    .flatMap(({ text }) => suites.filter((suite) => new RegExp(`^\\s*(?:await )?${suite}\\(`, 'm').test(text)));

describe('the contract suites', () => {
  it('are found', () => {
    expect(suites).toEqual(expect.arrayContaining(['describeEventLog', 'describeIdentityIndex', 'describeViewStore']));
  });

  it.each(Object.entries(engines))('run all on the engine %s', (_engine, adapters) => {
    expect([...new Set(runs(adapters))].sort()).toEqual([...suites].sort());
  });

  it('are missed by an adapter that runs none', () => {
    expect(runs(['domain'])).toEqual([]);
  });
});

describe('tests', () => {
  const tests = ['packages', 'services', 'tests', 'scripts'].flatMap(sourceFiles).filter(({ path }) => path.endsWith('.test.ts'));
  const skipping = /\b(?:it|test|describe)\.(?:skip|only|todo|fails)\b|\bvi\.mock\(/;

  it('skip nothing, single nothing out and mock no module', () => {
    expect(tests.filter(({ path, text }) => !path.endsWith('contracts.test.ts') && skipping.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
    expect(skipping.test("it.skip('later', () => {})")).toBe(true);
  });
});
