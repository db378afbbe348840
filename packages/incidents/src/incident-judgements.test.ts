import type { IncidentJudgement } from '@samenhang/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IncidentJudgements } from './incident-judgements.ts';

const word = fc
  .record({
    id: fc.integer({ min: 1, max: 3 }),
    minute: fc.integer({ min: 0, max: 4 }),
    revoked: fc.boolean(),
    status: fc.constantFrom('closed' as const, 'on_hold' as const),
  })
  .map(
    ({ id, minute, revoked, status }): IncidentJudgement => ({
      kind: 'status',
      id: `00000000-0000-4000-8000-00000000000${id}`,
      about: `10000000-0000-4000-8000-00000000000${(id % 2) + 1}`,
      by: 'ann',
      at: `2026-01-02T03:0${minute}:00Z`,
      // One instant says one thing: a judge does not say two things at once.
      status: minute % 2 === 0 ? status : 'closed',
      reason: '',
      marking: { tlp: 'green' },
      revoked,
    }),
  );
const words = fc.uniqueArray(word, { selector: ({ id, at, revoked }) => `${id} ${at} ${revoked}`, maxLength: 12 });
const everySignal = ['10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002'];

describe('judgements about incidents', () => {
  it('law: count the same in whatever order and however often they are told', () => {
    fc.assert(
      fc.property(
        words.chain((told) =>
          fc.tuple(fc.constant(told), fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2, maxLength: told.length * 2 })),
        ),
        ([told, again]) => {
          const [one, other] = [new IncidentJudgements(), new IncidentJudgements()];
          for (const judgement of told) one.tell(judgement, 0);
          for (const judgement of again) other.tell(judgement, 0);

          expect(other.about(everySignal).map(({ judgement }) => [judgement.id, judgement.at])).toEqual(
            one.about(everySignal).map(({ judgement }) => [judgement.id, judgement.at]),
          );
        },
      ),
    );
  });

  it('stay with the signal they were made about', () => {
    const judged = new IncidentJudgements();
    const [judgement] = fc.sample(
      word.filter(({ revoked }) => !revoked),
      1,
    );
    if (judgement === undefined) throw new Error('no sample');
    judged.tell(judgement, 7);

    expect(judged.about([judgement.about, 'another'])).toEqual([{ judgement, position: 7 }]);
    expect(judged.about(['another'])).toEqual([]);
  });

  it('count no more once revoked', () => {
    const judged = new IncidentJudgements();
    const [judgement] = fc.sample(word, 1);
    if (judgement === undefined) throw new Error('no sample');
    judged.tell({ ...judgement, revoked: true, at: '2026-02-01T00:00:00Z' }, 8);
    judged.tell({ ...judgement, revoked: false }, 7);

    expect(judged.about([judgement.about])).toEqual([]);
  });

  it('a judgement that is taken back counts no more, and that it was is the newest word', () => {
    const judged = new IncidentJudgements();
    const [about = ''] = everySignal;
    const status: IncidentJudgement = {
      kind: 'status',
      id: '00000000-0000-4000-8000-000000000001',
      about,
      by: 'ann',
      at: '2026-01-02T03:00:00Z',
      status: 'closed',
      reason: '',
      marking: { tlp: 'green' },
      revoked: false,
    };

    judged.tell(status, 4);
    judged.tell({ ...status, at: '2026-01-02T03:01:00Z', revoked: true }, 9);

    expect(judged.about([about])).toEqual([]);
    expect(judged.newest([about])).toBe(9);
  });
});
