import type { Judgement, Observable, SignalDraft } from '@samenhang/domain';
import { anEnrichment, aSignal, type ToldInput } from '@samenhang/testing';
import { describe, expect, it } from 'vitest';
import type { Correlator } from '../correlator.ts';
import { correlateBatch } from '../oracle.ts';
import { plainRuleset as ruleset } from '../plain-ruleset.ts';
import { createCorrelator } from './create-correlator.ts';

type Report = Extract<ToldInput, { kind: 'signal' }>;

const hash = (name: string): Observable => ({ type: 'sha256', value: Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64) });

/** A report at a position that is also when it was received; its title is too short to be an echo of another. */
function aReport(position: number, observables: readonly Observable[], given: Partial<SignalDraft> = {}): Report {
  const received = `2026-03-30T12:00:${String(Math.floor(position / 1000)).padStart(2, '0')}.${String(position % 1000).padStart(6, '0')}Z`;
  const signal = aSignal({
    source: 'feed',
    externalId: `r-${position}`,
    title: `No ${position}`,
    observedAt: '2026-03-01',
    ...given,
    observables: [...observables],
    receivedAt: received,
  });
  return { kind: 'signal', position, signal, enrichment: anEnrichment({ version: '1' }) };
}

const aJudgement = (position: number, kind: Judgement['kind'], a: Report, b: Report, id = '1', revoked = false): ToldInput => ({
  kind: 'judgement',
  position,
  judgement: {
    id: `00000000-0000-4000-8000-00000000000${id}`,
    kind,
    a: a.signal.id,
    b: b.signal.id,
    by: 'analyst',
    at: '2026-04-01T00:00:00Z',
    reason: '',
    marking: { tlp: 'green' },
    revoked,
  },
});

const retractionOf = (report: Report, position: number): Report => ({
  ...report,
  position,
  signal: { ...report.signal, kind: 'retraction', revision: 9, contentHash: 'retracted' },
});

function correlatorOf(inputs: readonly ToldInput[]): Correlator {
  const correlator = createCorrelator(ruleset);
  for (const input of inputs) correlator.apply([input]);
  expect(correlator.state()).toEqual(correlateBatch(inputs, ruleset));
  return correlator;
}

const idsOf = (...reports: readonly Report[]): readonly string[] => reports.map(({ signal }) => signal.id).sort();
const sizesOf = (correlator: Correlator): readonly number[] =>
  [...correlator.state().incidents.values()].map(({ length }) => length).sort((a, b) => b - a);
const incidentWith = (correlator: Correlator, { signal }: Report): readonly string[] =>
  correlator.members(correlator.incidentOf(signal.id) ?? '');

describe('the classic traps', () => {
  it('a value that many hold links nobody, whether it comes first, last or in between', () => {
    const common = Array.from({ length: 6 }, (_, at) => aReport(at, [hash('common')]));
    const [x, y] = [aReport(10, [hash('common'), hash('rare')]), aReport(11, [hash('common'), hash('rare')])];

    for (const inputs of [
      [...common, x, y],
      [x, y, ...common],
      [...common.slice(0, 3), x, y, ...common.slice(3)],
    ]) {
      const correlator = correlatorOf(inputs);
      expect(incidentWith(correlator, x)).toEqual(idsOf(x, y));
      expect(sizesOf(correlator)[0]).toBe(2);
    }
  });

  it('a chain of weak links does not become one incident', () => {
    const chain = Array.from({ length: 64 }, (_, at) => aReport(at, [hash(`link-${at}`), hash(`link-${at + 1}`)]));

    const correlator = correlatorOf(chain);

    expect(sizesOf(correlator)[0]).toBeLessThanOrEqual(8);
    expect(correlatorOf(chain.toReversed()).state()).toEqual(correlator.state());
  });

  it('a barbell stays two incidents, and its bar is a question', () => {
    const left = Array.from({ length: 4 }, (_, at) =>
      aReport(at, [...['left', 'left-too', 'left-again'].map(hash), ...(at === 0 ? [hash('bar')] : [])]),
    );
    const right = Array.from({ length: 4 }, (_, at) =>
      aReport(10 + at, [...['right', 'right-too', 'right-again'].map(hash), ...(at === 0 ? [hash('bar')] : [])]),
    );

    const correlator = correlatorOf([...left, ...right]);

    expect(sizesOf(correlator)).toEqual([4, 4]);
    expect(correlator.explain(left[0]?.signal.id ?? '', right[0]?.signal.id ?? '')?.kind).toBe('possible');
  });

  it('a star is one incident that falls apart without its centre', () => {
    const centre = aReport(
      0,
      Array.from({ length: 9 }, (_, at) => hash(`ray-${at}`)),
    );
    const rays = Array.from({ length: 9 }, (_, at) => aReport(at + 1, [hash(`ray-${at}`)]));

    const correlator = correlatorOf([centre, ...rays]);
    const without = correlator.counterfactuals(centre.signal.id).find(({ without: w }) => 'signal' in w && w.signal === centre.signal.id);

    expect(sizesOf(correlator)).toEqual([10]);
    expect(without?.groups.map(({ length }) => length)).toEqual(Array(9).fill(1));
  });

  it('a contradiction inside a clique keeps the two apart until it is revoked', () => {
    const clique = Array.from({ length: 4 }, (_, at) => aReport(at, [hash('all')]));
    const [a, b] = [clique[0], clique[1]];
    if (a === undefined || b === undefined) throw new Error('no clique');

    const apart = correlatorOf([...clique, aJudgement(10, 'not-same', a, b)]);
    const revoked = correlatorOf([...clique, aJudgement(10, 'not-same', a, b), aJudgement(11, 'not-same', a, b, '1', true)]);

    expect(apart.incidentOf(a.signal.id)).not.toBe(apart.incidentOf(b.signal.id));
    expect(apart.state().links.some((link) => idsOf(a, b).join() === [link.a, link.b].join())).toBe(false);
    expect(sizesOf(revoked)).toEqual([4]);
  });

  it('many copies of one story are one incident, make no value common, and cost no more each', () => {
    const copies = process.env.SAMENHANG_LONG === '1' ? 50_000 : 600;
    const title = 'A grey trawler without lights was seen above the cable to the island at night';
    const told = Array.from({ length: copies }, (_, at) =>
      aReport(at, [hash('shared')], { source: `channel-${at}`, title: `${title} ${at % 97}` }),
    );
    const other = aReport(copies, [hash('shared')]);
    const correlator = createCorrelator(ruleset);

    for (let at = 0; at < told.length; at += 5_000) correlator.apply(told.slice(at, at + 5_000));
    correlator.apply([other]);

    expect(incidentWith(correlator, other)).toHaveLength(copies + 1);
    const links = correlator.state().links.filter(({ a, b }) => a === other.signal.id || b === other.signal.id);
    expect(links.map(({ bits }) => bits)).toEqual([3]);
  }, 600_000);

  it('a source that floods a value makes it worthless, not an incident, and its retraction restores what was there', () => {
    const [x, y] = [aReport(0, [hash('flooded')]), aReport(1, [hash('flooded')])];
    const [p, q] = [aReport(2, [hash('other')]), aReport(3, [hash('other')])];
    const flood = Array.from({ length: 40 }, (_, at) => aReport(10 + at, [hash('flooded')], { source: 'flooder' }));

    const flooded = correlatorOf([x, y, p, q, ...flood]);
    const restored = correlatorOf([x, y, p, q, ...flood, ...flood.map((report, at) => retractionOf(report, 100 + at))]);

    expect(incidentWith(flooded, p)).toEqual(idsOf(p, q));
    expect(sizesOf(flooded)[0]).toBe(2);
    expect(restored.state()).toEqual(correlatorOf([x, y, p, q]).state());
    expect(incidentWith(restored, x)).toEqual(idsOf(x, y));
  });

  it('a window closes after its last millisecond', () => {
    const at = (instant: string, position: number) => aReport(position, [hash('timed')], { observedAt: instant });
    const first = at('2026-01-01T00:00:00.000Z', 0);

    expect(sizesOf(correlatorOf([first, at('2026-01-31T00:00:00.999Z', 1)]))).toEqual([2]);
    expect(sizesOf(correlatorOf([first, at('2026-01-31T00:00:01.999Z', 1)]))).toEqual([1, 1]);
  });

  it('an interval is near to an instant inside it', () => {
    const [month, instant] = [
      aReport(0, [hash('when')], { observedAt: '2026-01' }),
      aReport(1, [hash('when')], { observedAt: '2026-01-20T10:00:00Z' }),
    ];
    const far = aReport(1, [hash('when')], { observedAt: '2026-03-20T10:00:00Z' });

    expect(sizesOf(correlatorOf([month, instant]))).toEqual([2]);
    expect(sizesOf(correlatorOf([month, far]))).toEqual([1, 1]);
  });

  it('a retraction that comes before its signal still takes it away', () => {
    const [a, b] = [aReport(0, [hash('gone')]), aReport(1, [hash('gone')])];

    const correlator = correlatorOf([retractionOf(a, 2), b, a]);

    expect(correlator.incidentOf(a.signal.id)).toBeUndefined();
    expect(correlator.members(b.signal.id)).toEqual(idsOf(b));
  });

  it('a derivation that is declared later makes two stories one, and a common value rare again', () => {
    const reports = Array.from({ length: 5 }, (_, at) => aReport(at, [hash('five')]));
    const [a, b] = [reports[0], reports[1]];
    if (a === undefined || b === undefined) throw new Error('no reports');
    const declared = aReport(9, [hash('five')], { externalId: 'r-1', title: 'No 1', revision: 2, origin: { derivedFrom: [a.signal.id] } });

    expect(sizesOf(correlatorOf(reports))).toEqual([1, 1, 1, 1, 1]);
    expect(declared.signal.id).toBe(b.signal.id);
    expect(sizesOf(correlatorOf([...reports, declared]))).toEqual([5]);
  });

  it('a merge that is taken back gives the old ids back', () => {
    const [a, b, c, d] = [aReport(0, [hash('one')]), aReport(1, [hash('one')]), aReport(2, [hash('two')]), aReport(3, [hash('two')])];
    const bridge = aReport(4, []);
    const before = correlatorOf([a, b, c, d]).state();
    const correlator = createCorrelator(ruleset);

    correlator.apply([a, b, c, d, bridge, aJudgement(5, 'same', b, bridge)]);
    const merged = correlator.apply([aJudgement(6, 'same', c, bridge, '2')]);
    const during = correlator.incidentOf(d.signal.id);
    const parted = correlator.apply([retractionOf(bridge, 7)]);

    const causes = (changes: typeof merged) => changes.incidents.flatMap(({ id, lineage }) => lineage.map(({ cause }) => [id, cause]));
    expect(during).toBe(a.signal.id);
    expect(causes(merged).sort()).toEqual(
      [
        [a.signal.id, 'merged'],
        [c.signal.id, 'closed'],
      ].sort(),
    );
    expect(causes(parted).sort()).toEqual(
      [
        [a.signal.id, 'left'],
        [a.signal.id, 'split'],
        [c.signal.id, 'opened'],
      ].sort(),
    );
    expect(correlator.state()).toEqual(before);
  });
});
