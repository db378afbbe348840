import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareEnrichmentVersions } from './compare-enrichment-versions.ts';

describe('versions of enrichments', () => {
  test.each([
    ['9', '10'],
    ['9+000012.abcdef012345', '10'],
    ['9', '9+000001.abcdef012345'],
    ['9+000009.ffffffffffff', '9+000010.000000000000'],
    ['', '1'],
  ])('%j is older than %j', (older, newer) => {
    expect(compareEnrichmentVersions(older, newer)).toBeLessThan(0);
    expect(compareEnrichmentVersions(newer, older)).toBeGreaterThan(0);
  });

  test('law: any versions have one order, and only equal ones are as old as each other', () => {
    const version = fc.oneof(fc.stringMatching(/^\d{1,3}(\+\d{6}\.[0-9a-f]{2})?$/), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const [ab, bc, ac] = [compareEnrichmentVersions(a, b), compareEnrichmentVersions(b, c), compareEnrichmentVersions(a, c)];

        expect(ab === 0).toBe(a === b);
        expect(Math.sign(compareEnrichmentVersions(b, a))).toBe(0 - Math.sign(ab));
        if (ab <= 0 && bc <= 0) expect(ac).toBeLessThanOrEqual(0);
      }),
    );
  });
});
