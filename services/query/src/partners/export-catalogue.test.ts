import { type IncidentSummary, type Marking, type Signal, signalId, tlpLevels } from '@samenhang/domain';
import type { CorrelationInputMessage, IncidentChanged } from '@samenhang/events';
import { mayLeave } from '@samenhang/formats';
import { anEnrichment, anIncidentSummary, aSignal } from '@samenhang/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf } from './catalogue-entry.ts';
import { createExportCatalogue, type ExportCatalogue } from './export-catalogue.ts';
import { objectBodies } from './object-bodies.ts';
import { microsOf, taxiiPage, taxiiQueryOf } from './taxii-query.ts';

const names = ['a', 'b', 'c', 'd'] as const;
const idOf = (name: string): string => signalId('embassy-riga', name);

/** One step of a log: a new revision of a signal, or its withdrawal, and how its incident is afterwards. */
interface Step {
  readonly name: (typeof names)[number];
  readonly what: 'report' | 'retraction' | 'withdrawal';
  readonly marking: Marking;
  readonly observables: Signal['observables'];
  readonly status: IncidentSummary['status'];
  readonly together: boolean;
  readonly noted: boolean;
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom(...names),
  what: fc.constantFrom('report', 'report', 'report', 'retraction', 'withdrawal'),
  marking: fc.constantFrom(...tlpLevels).map((tlp) => ({ tlp })),
  observables: fc.constantFrom([], [{ type: 'domain', value: 'a.example' }]),
  status: fc.constantFrom('new', 'new', 'in_progress', 'closed'),
  together: fc.boolean(),
  noted: fc.boolean(),
});

interface Told {
  readonly inputs: readonly CorrelationInputMessage[];
  readonly changes: readonly IncidentChanged[];
}

const note = (about: string, marking: Marking): IncidentSummary['judgements'][number] => ({
  kind: 'note',
  id: '00000000-0000-4000-8000-0000000000ff',
  by: 'ann',
  at: '2026-03-02T00:00:00.000000Z',
  revoked: false,
  reason: '',
  about,
  text: `seen ${marking.tlp}`,
  marking,
});

/** What the logs of an audience hold after the steps: all live signals are in the incident of `a`, or each in its own. */
function logsOf(steps: readonly Step[]): Told {
  const inputs: CorrelationInputMessage[] = [];
  const changes: IncidentChanged[] = [];
  const live = new Map<string, Signal>();
  for (const [at, step] of steps.entries()) {
    const id = idOf(step.name);
    const signal = aSignal({
      source: 'embassy-riga',
      externalId: step.name,
      revision: at + 1,
      kind: step.what === 'retraction' ? 'retraction' : 'report',
      title: `title-${step.marking.tlp}`,
      marking: step.marking,
      observables: step.observables,
      techniques: [{ framework: 'disarm', id: 'T0022' }],
    });
    if (step.what === 'withdrawal') inputs.push({ kind: 'withdrawal', audience: 'cell', id, revision: at + 1 });
    else inputs.push({ kind: 'signal', audience: 'cell', signal, enrichment: anEnrichment() });
    if (step.what === 'report') live.set(id, signal);
    else live.delete(id);
    const members = [...live.keys()];
    const groups = step.together && members.length > 0 ? [members] : members.map((member) => [member]);
    const left = step.what === 'report' ? [] : [id];
    const ended = names.map(idOf).filter((other) => !groups.some(([first]) => first === other));
    const batch = { from: at, through: at + 1 };
    const common = { audience: 'cell', batch, rulesetVersion: 'r', lineage: [], links: [], unlinked: [] };
    for (const other of ended) changes.push({ ...common, id: other, summary: null, joined: [], left });
    for (const joined of groups) {
      const anchor = joined[0] ?? '';
      const markings = joined.map((member) => live.get(member)?.marking.tlp ?? 'red');
      const tlp = tlpLevels.findLast((level) => markings.includes(level)) ?? 'red';
      const judgements = step.noted ? [note(anchor, { tlp })] : [];
      const summary = anIncidentSummary({
        id: anchor,
        title: `title-${tlp}`,
        size: joined.length,
        marking: { tlp },
        status: step.status,
        judgements,
        revision: at,
      });
      changes.push({ ...common, id: anchor, summary, joined, left });
    }
  }
  return { inputs, changes };
}

/** Takes logs from where the last call came to, as `followLogs` does. */
function feeder(catalogue: ExportCatalogue, { inputs, changes }: Told) {
  let [input, change] = [0, 0];
  return (until: number): void => {
    for (; change < Math.min(until, changes.length); change++) {
      const next = changes[change];
      if (next === undefined) return;
      for (; input < next.batch.through; input++) {
        const message = inputs[input];
        if (message !== undefined) catalogue.input(message, input, 1_000 + Math.floor(change / 3));
      }
      catalogue.change(next, 1_000 + Math.floor(change / 3));
    }
  };
}

const logOf = ({ inputs }: Told) => ({
  async *read({ offset }: { readonly offset: number }) {
    for (const [at, value] of inputs.entries())
      if (at >= offset)
        yield [
          {
            topic: 't',
            partition: 0,
            offset: at,
            key: '',
            value: JSON.parse(JSON.stringify(value)),
            headers: {},
            timestampMs: 0,
            bytes: () => new Uint8Array(),
          },
        ];
  },
});

const anySteps = fc.array(anyStep, { minLength: 1, maxLength: 14 });

describe('the catalogue of what may leave', () => {
  test('law: a client that reads on, by whatever pages and whenever, has every object in its last version, and no version twice', () => {
    fc.assert(
      fc.property(
        anySteps,
        fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 7 }), fc.boolean()), { minLength: 1, maxLength: 8 }),
        (steps, looks) => {
          const told = logsOf(steps);
          const catalogue = createExportCatalogue();
          const feed = feeder(catalogue, told);
          const seen: string[] = [];
          let [fed, after] = [0, ''];
          const look = (limit: number, byNext: boolean): void => {
            let next: string | undefined;
            for (;;) {
              const page = taxiiPage(
                catalogue,
                taxiiQueryOf({ limit, ...(after === '' ? {} : { added_after: after }), ...(next === undefined ? {} : { next }) }),
              );
              seen.push(...page.entries.map(({ id, version, revoked }) => `${id} ${version} ${revoked}`));
              const last = page.entries.at(-1);
              next = page.more && byNext ? String(last?.addedMicros) : undefined;
              if (last !== undefined && next === undefined) after = instantOf(last.addedMicros);
              if (!page.more) return;
            }
          };
          for (const [more, limit, byNext] of looks) {
            fed += more;
            feed(fed);
            look(limit, byNext);
          }
          feed(Number.POSITIVE_INFINITY);
          look(3, true);

          expect(new Set(seen).size).toBe(seen.length);
          const last = new Map(catalogue.entries.map(({ id, version, revoked }) => [id, `${id} ${version} ${revoked}`]));
          expect([...last.values()].filter((entry) => !seen.includes(entry))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('law: is the same whether it was read at once or bit by bit, and only ever grows', () => {
    fc.assert(
      fc.property(anySteps, fc.array(fc.nat(9), { maxLength: 8 }), (steps, cuts) => {
        const told = logsOf(steps);
        const [whole, parts] = [createExportCatalogue(), createExportCatalogue()];
        feeder(whole, told)(Number.POSITIVE_INFINITY);
        const feed = feeder(parts, told);
        let fed = 0;
        for (const cut of [...cuts, Number.POSITIVE_INFINITY]) {
          fed += cut;
          feed(fed);
          expect(whole.entries.slice(0, parts.entries.length)).toEqual(parts.entries);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('law: tells nothing above TLP amber, nothing after its revocation, each version later than the one before, and in the end what is live', async () => {
    await fc.assert(
      fc.asyncProperty(anySteps, async (steps) => {
        const told = logsOf(steps);
        const catalogue = createExportCatalogue();
        feeder(catalogue, told)(Number.POSITIVE_INFINITY);
        const bodies = await objectBodies(logOf(told), 0, catalogue.entries);

        expect(JSON.stringify(bodies)).not.toMatch(/(title-|seen )(red|amber\+strict)/);
        const added = catalogue.entries.map(({ addedMicros }) => addedMicros);
        expect(added).toEqual([...new Set(added)].sort((a, b) => a - b));
        for (const id of new Set(catalogue.entries.map((entry) => entry.id))) {
          const versions = catalogue.versionsOf(id);
          expect(versions.slice(0, -1).filter(({ revoked }) => revoked)).toEqual([]);
          const times = versions.map(({ version }) => version);
          expect(times).toEqual([...new Set(times)].sort());
        }
        for (const body of bodies) if (body.modified !== undefined) expect(String(body.created) <= String(body.modified)).toBe(true);
        const latest = new Map(steps.map((step) => [step.name, step]));
        const live = [...latest.values()].filter(({ what, marking }) => what === 'report' && mayLeave(marking));
        const reports = new Map(catalogue.entries.filter(({ id }) => id.startsWith('report--')).map((entry) => [entry.id, entry]));
        const standing = [...reports.values()].filter(({ revoked }) => !revoked).map(({ about }) => about?.id);
        expect(standing.sort()).toEqual(live.map(({ name }) => idOf(name)).sort());
      }),
      { numRuns: 150 },
    );
  });

  test.each(['the one that ended first', 'the one that it is in now first'])(
    'keeps telling a judgement that moved with its signal to another incident, told of %s',
    (order) => {
      const [a, b, c] = ['a', 'b', 'c'].map(idOf);
      const catalogue = createExportCatalogue();
      const common = {
        audience: 'cell',
        batch: { from: 0, through: 3 },
        rulesetVersion: 'r',
        lineage: [],
        links: [],
        unlinked: [],
        left: [],
      };
      const holding = (id = '', joined: readonly string[] = [], noted = true): IncidentChanged => {
        const judgements = noted ? [note(b ?? '', { tlp: 'amber' })] : [];
        return { ...common, id, joined, summary: anIncidentSummary({ id, size: 2, marking: { tlp: 'amber' }, judgements }) };
      };
      for (const [at, name] of ['a', 'b', 'c', 'd'].entries())
        catalogue.input(
          { kind: 'signal', audience: 'cell', signal: aSignal({ source: 'embassy-riga', externalId: name }), enrichment: anEnrichment() },
          at,
          1,
        );
      catalogue.change(holding(b, [b ?? '', c ?? '']), 1);
      const ended: IncidentChanged = { ...common, id: b ?? '', joined: [], summary: null };
      const merged = holding(a, [a ?? '', b ?? '', c ?? '']);
      for (const change of order.includes('ended') ? [ended, merged] : [merged, ended]) catalogue.change(change, 2);

      const latest = new Map(catalogue.entries.map((entry) => [entry.id, entry]));
      const standing = [...latest.values()].filter(({ id, revoked }) => id.startsWith('note--') && !revoked);
      expect(standing.map(({ content }) => (content.kind === 'whole' ? content.object.object_refs : undefined))).toEqual([
        [`grouping--${a}`],
      ]);
    },
  );

  test('law: an instant of the catalogue reads back as it was, and one that is finer is taken for the microsecond it is in', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_000_000_000_000_000 }), (micros) => microsOf(instantOf(micros)) === micros));
    expect(microsOf('2026-01-01T00:00:00.0000019Z') % 1_000_000).toBe(1);
    for (const wrong of ['2026-01-01', '2026-01-01T00:00:00+01:00', 'yesterday', '2026-13-01T00:00:00Z'])
      expect(() => microsOf(wrong)).toThrow('added_after');
  });
});
