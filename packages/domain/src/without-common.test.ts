import { expect, test } from 'vitest';
import { withoutCommon } from './without-common.ts';

const [a, b] = [
  { type: 'domain', value: 'a.org' },
  { type: 'email', value: 'a.org' },
];

test('what is too common is no evidence; the same value of another type is', () => {
  expect(withoutCommon([a, b, a], { common: [{ ...a }] })).toEqual([b]);
  expect(withoutCommon([a, b], {})).toEqual([a, b]);
});
