import { defaultRuleset } from '@samenhang/correlation';
import type { Link } from '@samenhang/domain';
import { describe, expect, test } from 'vitest';
import { splitsBy } from './splits-by.ts';

const member = (id: string, source = id) => ({ id, source });
const link = (a: string, b: string, kind: Link['kind'] = 'link'): Link => ({
  a,
  b,
  kind,
  bits: 9,
  evidence: [{ kind: 'domain', bits: 9, says: 'so' }],
});

describe('what holds an incident together', () => {
  test('names the member in the middle of a chain', () => {
    const splits = splitsBy(defaultRuleset, [member('a'), member('b'), member('c')], [link('a', 'b'), link('b', 'c')]);

    expect(splits).toEqual([
      { without: { signal: 'b' }, groups: [['a'], ['c']] },
      { without: { source: 'b' }, groups: [['a'], ['c']] },
    ]);
  });

  test('names the source that reported all that joins the others', () => {
    const members = [member('a'), member('b', 'desk'), member('c', 'desk'), member('d')];
    const splits = splitsBy(defaultRuleset, members, [link('a', 'b'), link('a', 'c'), link('b', 'd'), link('c', 'd')]);

    expect(splits).toEqual([{ without: { source: 'desk' }, groups: [['a'], ['d']] }]);
  });

  test('names nothing where every member is linked to every other', () => {
    expect(splitsBy(defaultRuleset, [member('a'), member('b'), member('c')], [link('a', 'b'), link('a', 'c'), link('b', 'c')])).toEqual([]);
  });

  test('does not count links that are only possible', () => {
    const splits = splitsBy(
      defaultRuleset,
      [member('a'), member('b'), member('c')],
      [link('a', 'b'), link('a', 'c', 'possible'), link('b', 'c')],
    );

    expect(splits[0]).toEqual({ without: { signal: 'b' }, groups: [['a'], ['c']] });
  });
});
