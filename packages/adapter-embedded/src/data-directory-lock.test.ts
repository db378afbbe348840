import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '@samenhang/runtime';
import { describe, expect, it } from 'vitest';
import { lockDataDirectory } from './data-directory-lock.ts';
import { temporaryDirectory } from './under-test.ts';

function codeOf(work: () => unknown): unknown {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof ServiceError ? error.code : error;
  }
}

describe('lockDataDirectory', () => {
  it('refuses a directory that is held, until it is let go', () => {
    using directory = temporaryDirectory();
    const held = lockDataDirectory(directory.path);

    expect(codeOf(() => lockDataDirectory(directory.path))).toBe('data-directory-in-use');

    held[Symbol.dispose]();
    using _again = lockDataDirectory(directory.path);
  });

  it('makes a directory that is missing, and refuses what is none', () => {
    using directory = temporaryDirectory();
    using _deep = lockDataDirectory(join(directory.path, 'a', 'b'));
    writeFileSync(join(directory.path, 'file'), '');

    expect(codeOf(() => lockDataDirectory(join(directory.path, 'file')))).toBe('start-failed');
  });
});
