import { contentHash, idOfPosted } from '@samenhang/domain';
import { anyPostedSignal, aSignal } from '@samenhang/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { postedAgain } from './posted-again.ts';

test('law: what was posted is what comes out, under the same id, whether or not it has an external id and its source a grade', () => {
  fc.assert(
    fc.property(anyPostedSignal, fc.boolean(), fc.boolean(), (posted, named, graded) => {
      const { externalId, ...rest } = posted;
      const signal = aSignal(named ? posted : rest);

      const again = postedAgain(graded ? { ...signal, reliability: 'B' } : signal);

      expect(contentHash(again)).toBe(signal.contentHash);
      expect(idOfPosted(again, 'another content')).toBe(signal.id);
      if (named) expect(again.externalId).toBe(externalId);
    }),
  );
});
