import { describe, expect, test } from 'vitest';
import { readAnswer } from './read-answer.ts';

describe('an answer', () => {
  test.each([
    [200, 'taken'],
    [204, 'taken'],
    [301, 'later'],
    [307, 'later'],
    [400, 'refused'],
    [401, 'refused'],
    [404, 'refused'],
    [408, 'later'],
    [410, 'refused'],
    [425, 'later'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
  ])('of status %i means %s', (status, kind) => {
    expect(readAnswer(status, null, 0).kind).toBe(kind);
  });

  test.each([
    ['120', 120_000],
    ['Thu, 01 Jan 1970 00:01:00 GMT', 50_000],
    ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
    ['soon', undefined],
    ['-1', undefined],
    [null, undefined],
  ])('says with Retry-After %s to wait so long', (retryAfter, afterMs) => {
    const answer = readAnswer(503, retryAfter, 10_000);

    expect(answer.kind === 'later' ? answer.afterMs : 'not later').toBe(afterMs);
  });
});
