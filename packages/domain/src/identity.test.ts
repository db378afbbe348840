import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { contentHash, idOfPosted, signalId, uuidV5 } from './identity.ts';
import { PostedSignal } from './signal.ts';

const posted = (more: object = {}) =>
  PostedSignal.parse({ source: 's', sourceType: 'ras', title: 'T', observedAt: '2026-01-02', marking: { tlp: 'green' }, ...more });

describe('identity', () => {
  it('makes UUIDs of version 5 as RFC 9562 does', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('tells apart what only a separator would join', () => {
    expect(signalId('a', 'b:c')).not.toBe(signalId('a:b', 'c'));
  });

  it('without an external id follows from the content', () => {
    const [one, again, other] = [posted(), posted(), posted({ title: 'U' })].map((signal) => idOfPosted(signal, contentHash(signal)));

    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('has the same content hash whatever the revision and external id', () => {
    expect(contentHash(posted({ revision: 3, externalId: 'x' }))).toBe(contentHash(posted()));
  });

  it('law: canonical JSON is the same for members in any order and reads back to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        const reversed = (v: unknown): unknown =>
          Array.isArray(v)
            ? v.map(reversed)
            : v !== null && typeof v === 'object'
              ? Object.fromEntries(
                  Object.entries(v)
                    .reverse()
                    .map(([k, m]) => [k, reversed(m)]),
                )
              : v;

        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });
});
