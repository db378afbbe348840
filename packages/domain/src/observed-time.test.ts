import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ObservedAt, observedSpan, parseTime } from './observed-time.ts';

describe('an observed time', () => {
  it.each([
    ['2026', '2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z', 'year'],
    ['2024-02', '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z', 'month'],
    ['2026-03-04', '2026-03-04T00:00:00.000Z', '2026-03-04T23:59:59.999Z', 'day'],
    ['2026-03-04T05:06Z', '2026-03-04T05:06:00.000Z', '2026-03-04T05:06:59.999Z', 'minute'],
    ['2026-03-04T05:06:07+02:00', '2026-03-04T03:06:07.000Z', '2026-03-04T03:06:07.999Z', 'second'],
  ])('%s is the span that it means', (text, start, end, fidelity) => {
    const span = parseTime(text);

    expect(
      span && { start: new Date(span.startMs).toISOString(), end: new Date(span.endMs).toISOString(), fidelity: span.fidelity },
    ).toEqual({
      start,
      end,
      fidelity,
    });
  });

  it('takes the zone and the year as they are written', () => {
    const start = (text: string): string => new Date(parseTime(text)?.startMs ?? Number.NaN).toISOString();

    expect(start('2026-01-01T00:30:00+14:00')).toBe('2025-12-31T10:30:00.000Z');
    expect(start('2026-01-01T00:30-05:45')).toBe('2026-01-01T06:15:00.000Z');
    expect(start('0050-06-01T12:00Z')).toBe('0050-06-01T12:00:00.000Z');
  });

  it.each([
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00+01:60',
    '2026-00-10',
    '2026-01-00',
    '2026-02-31',
    '2026-02-31T00:00:00Z',
    '2026-13',
    '2026-1-1',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00',
    'yesterday',
    '',
    ' 2026',
  ])('refuses %j', (text) => {
    expect(ObservedAt.safeParse(text).success).toBe(false);
  });

  it('refuses an interval that ends before it starts, and takes one within one day', () => {
    expect(ObservedAt.safeParse({ start: '2026-02-03', end: '2026-02-01' }).success).toBe(false);
    expect(ObservedAt.safeParse({ start: '2026-02-03T10:00:00Z', end: '2026-02-03' }).success).toBe(true);
  });

  it('has the vaguer fidelity of its two ends', () => {
    expect(observedSpan({ start: '2026-02-03T10:00:00Z', end: '2026-03' }).fidelity).toBe('month');
  });

  it('law: every instant that is written out is read back to the second', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }), (date) => {
        const span = parseTime(date.toISOString());

        return span !== undefined && span.startMs === Math.floor(date.getTime() / 1000) * 1000 && span.endMs - span.startMs === 999;
      }),
    );
  });
});
