import { PostedSignal } from '@samenhang/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimOf, decideGroup } from './decide-group.ts';
import { createReceiptClock } from './receipt-clock.ts';

const anyDraft = fc.record(
  {
    source: fc.stringMatching(/^[a-z]{1,3}$/),
    externalId: fc.stringMatching(/^[a-c"]$/),
    revision: fc.integer({ min: 1, max: 3 }),
    sourceType: fc.constantFrom('ras', 'sector'),
    title: fc.constantFrom('T', '"quoted"', 'line\nbreak'),
    text: fc.string({ maxLength: 20 }).map((text) => text.replaceAll('\u0000', '')),
    observedAt: fc.constantFrom('2026-01-02', '2999-01-01'),
    marking: fc.constantFrom({ tlp: 'green' }, { communities: ['ras'], tlp: 'amber' }),
    raw: fc.jsonValue({ maxDepth: 2 }),
  },
  { requiredKeys: ['source', 'sourceType', 'title', 'observedAt', 'marking'], noNullPrototype: true },
);

test('law: every accepted signal is appended with the JSON of exactly its value', () => {
  fc.assert(
    fc.property(fc.array(anyDraft, { maxLength: 8 }), (drafts) => {
      const group = drafts.map((draft) => claimOf(PostedSignal.parse(draft), {}));

      const { records, receipts } = decideGroup(group, new Map(), { clock: createReceiptClock(() => 5), nowMs: Date.UTC(2026, 5, 1) });

      expect(records).toHaveLength(receipts.filter(({ decision }) => decision.kind === 'accepted').length);
      for (const { value, json = '' } of records) expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
