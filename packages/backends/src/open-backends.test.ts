import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceError } from '@samenhang/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBackends } from './open-backends.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'samenhang-backends-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const codeOf = (opening: Promise<unknown>) =>
  opening.then(
    () => 'opened',
    (error: unknown) => (error instanceof ServiceError ? error.code : error),
  );

describe('openBackends', () => {
  it('opens the embedded engine when no address is given, and what it keeps is there the next time', async () => {
    {
      await using first = await openBackends({ data });
      await first.log.ensureTopics([{ name: 'signals.received', partitions: 1 }]);
      await first.log.append('signals.received', [{ key: 'k', value: 'kept' }]);
      await Promise.all([first.log.check(), first.views.check()]);
      expect(first.kind).toBe('embedded');
    }

    await using second = await openBackends({ data });

    expect(await second.log.ends('signals.received')).toStrictEqual([1]);
  });

  it('refuses a data directory that is open elsewhere, until that is closed', async () => {
    const first = await openBackends({ data });

    expect(await codeOf(openBackends({ data }))).toBe('data-directory-in-use');

    await first[Symbol.asyncDispose]();
    const second = await openBackends({ data });
    await second[Symbol.asyncDispose]();
  });

  it('refuses Kafka without MongoDB and MongoDB without Kafka', async () => {
    expect(await codeOf(openBackends({ data, kafkaBrokers: '127.0.0.1:1' }))).toBe('config-invalid');
    expect(await codeOf(openBackends({ data, mongodbUri: 'mongodb://127.0.0.1:1' }))).toBe('config-invalid');
  });
});
