import { readFileSync } from 'node:fs';
import { problems } from '@samenhang/runtime';
import { describe, expect, it } from 'vitest';
import { root } from './source-files.ts';

const page = readFileSync(`${root}docs/reference/errors.md`, 'utf8');
const documented = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);

describe('the page of errors', () => {
  it('tells every error that there is, and no other', () => {
    expect(documented).toEqual(Object.keys(problems).sort());
  });
});
