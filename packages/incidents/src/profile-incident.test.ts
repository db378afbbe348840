import { anEnrichment, aSignal } from '@samenhang/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { profileIncident } from './profile-incident.ts';
import { digestSignal, type SignalDigest } from './signal-digest.ts';

const member = (number: number, given: Parameters<typeof aSignal>[0] = {}): SignalDigest => {
  const receivedAt = `2026-03-30T12:00:00.${String(number).padStart(6, '0')}Z`;
  return digestSignal(aSignal({ externalId: `r-${number}`, receivedAt, ...given }), anEnrichment(), number);
};

const anyMember = fc
  .record({
    number: fc.integer({ min: 1, max: 9_999 }),
    source: fc.constantFrom('embassy-riga', 'ras-fi', 'sector-ports'),
    sourceType: fc.constantFrom('embassy' as const, 'ras' as const, 'sector' as const),
    observedAt: fc.constantFrom('2026-03-01', '2026-03', '2026-02-11T10:00:00Z', '2025'),
    countries: fc.uniqueArray(fc.constantFrom('NL', 'BE', 'LV', 'FI', 'PL'), { maxLength: 3 }),
    themes: fc.uniqueArray(fc.constantFrom('digital', 'military', 'disinformation'), { maxLength: 2 }),
    sectors: fc.uniqueArray(fc.constantFrom('ports', 'energy'), { maxLength: 2 }),
    observables: fc.uniqueArray(fc.constantFrom('a.example', 'b.example', 'c.example'), { maxLength: 3 }),
  })
  .map(({ number, countries, observables, ...given }) => {
    const values = observables.map((value) => ({ type: 'domain', value }));
    return member(number, { ...given, places: countries.map((country) => ({ country })), observables: values });
  });
const anyMembers = fc.uniqueArray(anyMember, {
  minLength: 1,
  maxLength: 8,
  selector: ({ id, firstReceivedAt }) => `${id} ${firstReceivedAt}`,
});

const countryNames = new Intl.DisplayNames('en', { type: 'region' });
const swapped = new Map([
  ['NL', 'BE'],
  ['BE', 'NL'],
  ['LV', 'PL'],
  ['PL', 'LV'],
]);
const swap = (code: string): string => swapped.get(code) ?? code;
const swapPlaces = <T extends { readonly country?: string | undefined }>(places: readonly T[]): readonly T[] =>
  places.map((place) => (place.country === undefined ? place : { ...place, country: swap(place.country) }));
const swapNames = (text: string): string =>
  text.replace(/Netherlands|Belgium|Latvia|Poland/g, (name) => {
    const code = [...swapped.keys()].find((each) => countryNames.of(each) === name) ?? name;
    return countryNames.of(swap(code)) ?? name;
  });

describe('profiling an incident', () => {
  test('counts and quotes what its members say, and nothing else', () => {
    const observables = [{ type: 'domain', value: 'harbour-news.example' }];
    const members = [
      member(1, {
        title: 'A trawler above the cable',
        observedAt: '2026-03-01',
        places: [{ country: 'NL' }],
        themes: ['vital-infrastructure'],
        observables,
      }),
      member(2, { source: 'ras-fi', sourceType: 'ras', observedAt: '2026-03-04', places: [{ country: 'FI' }], observables }),
      member(3, { source: 'ras-fi', sourceType: 'ras', observedAt: '2026-03-02', marking: { tlp: 'red', communities: ['ras'] } }),
    ];

    const profile = profileIncident(members, [], 'rules-1');

    expect(profile).toMatchObject({
      id: members[0]?.id,
      title: 'A trawler above the cable',
      size: 3,
      firstSeen: '2026-03-01T00:00:00.000Z',
      lastSeen: '2026-03-04T23:59:59.999Z',
      marking: { tlp: 'red', communities: ['ras'] },
      sourceTypes: ['embassy', 'ras'],
      sources: ['embassy-test', 'ras-fi'],
      revision: 3,
      rulesetVersion: 'rules-1',
    });
    expect(profile.summary).toBe(
      '3 reports by 2 sources (1 embassy, 2 RAS) from 1 March 2026 to 4 March 2026, in Netherlands and Finland. ' +
        'Theme: vital-infrastructure. Shared: domain harbour-news.example (2 of 3).',
    );
  });

  test('says of a single report that it is one', () => {
    expect(profileIncident([member(1)], [], '').summary).toBe('One report by embassy-test (embassy) on 1 March 2026.');
  });

  test('takes its id and title from the member that was received first', () => {
    const [late, early] = [member(9, { title: 'Late' }), member(2, { title: 'Early' })];

    expect(profileIncident([late, early], [], '')).toMatchObject({ id: early.id, title: 'Early' });
  });

  test('law: the order in which the members are given changes nothing', () => {
    fc.assert(
      fc.property(
        anyMembers.chain((members) => fc.tuple(fc.constant(members), fc.shuffledSubarray(members, { minLength: members.length }))),
        ([members, shuffled]) => {
          expect(profileIncident(shuffled, [], '')).toEqual(profileIncident(members, [], ''));
        },
      ),
    );
  });

  test('law: swapping countries in the members swaps them in the profile and changes nothing else', () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        const profile = profileIncident(members, [], '');

        const other = profileIncident(
          members.map((one) => ({ ...one, places: swapPlaces(one.places) })),
          [],
          '',
        );

        expect(other).toEqual({ ...profile, places: swapPlaces(profile.places), summary: swapNames(profile.summary) });
      }),
    );
  });

  test('law: repeating a member through another channel does not raise the severity', () => {
    fc.assert(
      fc.property(anyMembers, fc.nat(), (members, pick) => {
        const repeated = members[pick % members.length] ?? member(1);
        const echo = { ...repeated, id: member(10_000).id, source: 'ras-eu', sourceType: 'ras' as const };

        expect(profileIncident([...members, echo], [], '').severity).toBe(profileIncident(members, [], '').severity);
      }),
    );
  });
});
