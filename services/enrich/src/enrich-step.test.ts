import { type Audience, maySee } from '@samenhang/domain';
import type { CorrelationInputMessage, SignalReceived } from '@samenhang/events';
import type { DeliveredRecord } from '@samenhang/ports';
import { defaultAudiences, type Outcome } from '@samenhang/runtime';
import { anAudience, anyAudience, anyMarking, aSignal } from '@samenhang/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEnrichStep, createRouteJudgementsStep } from './enrich-step.ts';

const at: DeliveredRecord = {
  topic: 'signals.received',
  partition: 0,
  offset: 0,
  key: '',
  value: null,
  headers: {},
  timestampMs: 0,
  bytes: () => Buffer.alloc(0),
};

const enrich = (received: SignalReceived, audiences: readonly Audience[]): Outcome => {
  const outcome = createEnrichStep(audiences).handle(received, at);
  if (outcome instanceof Promise) throw new Error('not expected to wait');
  return outcome;
};

const sentOf = (outcome: Outcome) =>
  outcome.kind === 'sent'
    ? outcome.outgoing.flatMap(({ topic, records }) =>
        records.map(({ partition, value, json = JSON.stringify(value) }) => {
          expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
          return { topic, partition, message: value as CorrelationInputMessage };
        }),
      )
    : [];

const later = '2026-06-01T00:00:00.000000Z';
const anyEarlier = fc.record({
  marking: anyMarking,
  since: fc.integer({ min: 1, max: 5 }).map((month) => `2026-0${month}-01T00:00:00.000000Z`),
});

describe('enriching', () => {
  test('sends a copy to each audience that may see the signal, in the partition of its place', () => {
    const sent = sentOf(
      enrich({ signal: aSignal({ marking: { tlp: 'amber', communities: ['ras'] } }), earlierMarkings: [] }, defaultAudiences),
    );

    expect(sent.map(({ topic, partition, message }) => [topic, partition, message.kind, message.audience])).toEqual([
      ['correlation.inputs', 0, 'signal', 'fusion-cell'],
      ['correlation.inputs', 1, 'signal', 'ras-community'],
    ]);
  });

  test('takes a signal back, once, from who could see the revision before and may not see this one', () => {
    const sent = sentOf(
      enrich(
        {
          signal: aSignal({ revision: 2, marking: { tlp: 'red' } }),
          earlierMarkings: [{ marking: { tlp: 'clear' }, since: '2026-01-01T00:00:00.000000Z' }],
        },
        defaultAudiences,
      ),
    );

    expect(sent.map(({ message }) => [message.kind, message.audience])).toEqual([
      ['signal', 'fusion-cell'],
      ['withdrawal', 'ras-community'],
      ['withdrawal', 'public'],
    ]);
    const again = enrich(
      {
        signal: aSignal({ revision: 3, marking: { tlp: 'red' } }),
        earlierMarkings: [
          { marking: { tlp: 'clear' }, since: '2026-01-01T00:00:00.000000Z' },
          { marking: { tlp: 'red' }, since: '2026-01-02T00:00:00.000000Z' },
        ],
      },
      defaultAudiences,
    );
    expect(sentOf(again).map(({ message }) => [message.kind, message.audience])).toEqual([['signal', 'fusion-cell']]);
  });

  test('drops with a reason what no audience may see', () => {
    expect(enrich({ signal: aSignal({ marking: { tlp: 'red' } }), earlierMarkings: [] }, [anAudience({ tlpMax: 'clear' })])).toEqual({
      kind: 'dropped',
      reason: 'no-audience',
    });
  });

  test('gives a signal without a reliability the grade of its source, and leaves one that has its own', () => {
    const step = createEnrichStep([anAudience()], { sources: [{ source: 'graded', reliability: 'B' }] });
    const reliabilityOf = (signal: SignalReceived['signal']) => {
      const [sent] = sentOf(step.handle({ signal, earlierMarkings: [] }, at) as Outcome);
      return sent?.message.kind === 'signal' ? sent.message.signal.reliability : undefined;
    };

    expect(reliabilityOf(aSignal({ source: 'graded' }))).toBe('B');
    expect(reliabilityOf(aSignal({ source: 'graded', reliability: 'D' }))).toBe('D');
    expect(reliabilityOf(aSignal({ source: 'other' }))).toBeUndefined();
  });

  test('law: an audience is told of a signal exactly when it may see this revision or could see the one before', () => {
    fc.assert(
      fc.property(
        anyMarking,
        fc.array(anyEarlier, { maxLength: 3 }),
        fc.array(anyAudience, { minLength: 1, maxLength: 4 }),
        (marking, earlierMarkings, audiences) => {
          const sent = sentOf(enrich({ signal: aSignal({ marking }), earlierMarkings }, audiences));

          const told = audiences.map((_, partition) =>
            sent.filter((record) => record.partition === partition).map(({ message }) => message.kind),
          );
          expect(told).toEqual(
            audiences.map((audience) => {
              if (maySee(audience, marking)) return ['signal'];
              return earlierMarkings.slice(-1).some((before) => maySee(audience, before.marking)) ? ['withdrawal'] : [];
            }),
          );
        },
      ),
    );
  });

  test('law: what an audience is told does not depend on revisions that it could not see', () => {
    fc.assert(
      fc.property(anyMarking, fc.array(anyEarlier, { minLength: 1, maxLength: 3 }), anyAudience, (marking, earlierMarkings, audience) => {
        const told = (earlier: SignalReceived['earlierMarkings'], firstReceivedAt: string) =>
          sentOf(
            enrich(
              {
                signal: aSignal({ externalId: 'one', marking, revision: 2, receivedAt: later, firstReceivedAt }),
                earlierMarkings: earlier,
              },
              [audience],
            ),
          );
        const seen = earlierMarkings.filter((earlier) => maySee(audience, earlier.marking));
        // Of what is taken away only that it was there before is known.
        const known = maySee(audience, marking) ? seen : earlierMarkings.slice(-1);

        expect(told(earlierMarkings, '2025-01-01T00:00:00.000000Z')).toEqual(told(known, seen[0]?.since ?? later));
      }),
    );
  });
});

test('a judgement goes to every audience that may see it and to no other', () => {
  const id = '00000000-0000-5000-8000-000000000000';
  const judgement = {
    id,
    kind: 'same',
    a: id,
    b: id,
    by: 'x',
    at: '2026-01-01',
    reason: '',
    marking: { tlp: 'amber' },
    revoked: false,
  } as const;

  const outcome = createRouteJudgementsStep(defaultAudiences).handle({ judgement }, at) as Outcome;

  expect(sentOf(outcome).map(({ partition, message }) => [partition, message.kind])).toEqual([
    [0, 'judgement'],
    [1, 'judgement'],
  ]);
});
