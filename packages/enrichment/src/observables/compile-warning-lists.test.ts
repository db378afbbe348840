import { WarningList } from '@samenhang/domain';
import { describe, expect, test } from 'vitest';
import { compileWarningLists } from './compile-warning-lists.ts';

const listOf = (type: string, list: readonly string[], version = 1): WarningList => WarningList.parse({ type, version, list });
const lists = [
  listOf('hostname', ['.parked.org']),
  listOf('cidr', ['185.0.0.0/16', '93.158.203.140']),
  listOf('substring', ['sandbox']),
  listOf('string', ['flPGdvyhPykxGvhDOAZnU', '+31201234567']),
];

describe('warning lists', () => {
  test.each([
    ['domain', 'a.Parked.org'],
    ['url', 'http://parked.org/'],
    ['ipv4', '185.0.9.9'],
    ['ipv4', '93.158.203[.]140'],
    ['domain', 'x.sandbox.net'],
    ['mutex', 'flpgdvyhpykxgvhdoaznu'],
    ['phone', '+31 20 123 4567'],
  ])('have the %s %s, each in its own way', (type, value) => {
    expect(compileWarningLists(lists).has({ type, value })).toBe(true);
  });

  test.each([
    ['domain', 'notparked.org'],
    ['url', 'http://parked.org/a-page'],
    ['ipv4', '185.1.0.1'],
    ['mutex', 'flPGdvyhPykxGvhDOAZn'],
  ])('have not the %s %s', (type, value) => {
    expect(compileWarningLists(lists).has({ type, value })).toBe(false);
  });

  test('have one version for one content, a later one when a list is raised', () => {
    const version = (...given: readonly WarningList[]) => compileWarningLists(given).version;

    expect(version(...[...lists].reverse())).toBe(version(...lists));
    expect(version(listOf('string', ['b', 'a']))).toBe(version(listOf('string', ['a', 'b', 'a'])));
    expect(version(listOf('string', ['a']))).not.toBe(version(listOf('string', ['b'])));
    expect(version(listOf('string', [], 10)) > version(listOf('string', ['a'], 9))).toBe(true);
  });
});
