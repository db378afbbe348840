import { describe, expect, test } from 'vitest';
import { WarningList } from './warning-list.ts';

const mistakesOf = (list: unknown) => {
  const parsed = WarningList.safeParse(list);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('/')).sort();
};

describe('a warning list', () => {
  test('is taken as MISP publishes it', () => {
    const list = {
      name: 'List of parking domains',
      description: 'Domains that are parked',
      type: 'hostname',
      version: 20_251_101,
      matching_attributes: ['domain', 'hostname', 'url'],
      list: ['.parked.org', 'parking.net'],
    };

    expect(WarningList.parse(list)).toEqual(list);
  });

  test('is refused with every mistake at once', () => {
    expect(mistakesOf({ type: 'cidr', version: 0, list: ['10.0.0.0/8', '2001:db8::/32', '10.0.0.0/33', 'x'], lists: [] })).toEqual([
      '',
      'list/2',
      'list/3',
      'version',
    ]);
  });

  test('has no empty entries, no pieces that stand in every value and no regular expressions', () => {
    expect(mistakesOf({ type: 'string', version: 1, list: ['a', ' '] })).toEqual(['list/1']);
    expect(mistakesOf({ type: 'substring', version: 1, list: ['abc', 'ab'] })).toEqual(['list/1']);
    expect(mistakesOf({ type: 'regex', version: 1, list: ['a+'] })).toEqual(['type']);
  });
});
