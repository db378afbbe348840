import { describe, expect, test } from 'vitest';
import { aChange } from './a-change.fixture.ts';
import { eventIdOf, thinEventOf } from './thin-event.ts';

describe('the event of a change', () => {
  test('says what changed and how much, and nothing of what was reported', () => {
    const event = thinEventOf(aChange({}, { severity: 'high', themes: ['elections'] }), 1_000);

    expect(event).toEqual({
      type: 'incident.changed',
      timestamp: '1970-01-01T00:00:01.000Z',
      data: {
        audience: 'cell',
        id: '00000000-0000-5000-8000-000000000001',
        revision: 4,
        size: 2,
        status: 'new',
        severity: 'high',
        marking: { tlp: 'green', communities: [] },
        joined: 1,
        left: 0,
        causes: ['joined'],
        closed: false,
      },
    });
  });

  test('says that an incident ended', () => {
    expect(thinEventOf(aChange({ summary: null, left: ['a', 'b'] }), 0).data).toMatchObject({
      revision: 4,
      size: 0,
      status: null,
      marking: null,
      left: 2,
      closed: true,
    });
  });

  test('has an id of its change alone', () => {
    expect(eventIdOf(aChange())).toBe(eventIdOf(JSON.parse(JSON.stringify(aChange()))));
    const others = [
      aChange({ audience: 'other' }),
      aChange({ id: '00000000-0000-5000-8000-000000000009' }),
      aChange({ batch: { from: 5, through: 7 } }),
      aChange({}, { revision: 5 }),
      aChange({ rulesetVersion: 's' }),
      aChange({ joined: [] }),
    ];
    expect(new Set([aChange(), ...others].map(eventIdOf)).size).toBe(7);
  });
});
