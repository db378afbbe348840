import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CorrelationInput, type Correlator, createCorrelator, type Ruleset } from '@samenhang/correlation';
import { isPairJudgement } from '@samenhang/domain';
import { type CorrelationInputMessage, isCorrelationInput, topics } from '@samenhang/events';
import type { EventLog } from '@samenhang/ports';

/** What one ruleset makes of an audience's inputs. */
export interface RulesetOutcome {
  readonly rulesetVersion: string;
  /** Incidents of two signals and more. */
  readonly incidents: number;
  /** Signals in those. */
  readonly linked: number;
  readonly links: number;
  readonly possible: number;
  readonly largest: number;
}

/** An incident under the present ruleset and what its members would be in under the other. */
export interface ChangedIncident {
  readonly id: string;
  readonly size: number;
  readonly becomes: readonly { readonly id: string; readonly size: number; readonly shared: number }[];
}

export interface Comparison {
  readonly audience: string;
  /** Inputs of the audience that both were run on. */
  readonly inputs: number;
  readonly signals: number;
  readonly current: RulesetOutcome;
  readonly candidate: RulesetOutcome;
  /** Pairs of signals that are in one incident: under both, only now, only then. */
  readonly pairs: { readonly both: number; readonly onlyCurrent: number; readonly onlyCandidate: number };
  /** The incidents that would change most, by pairs gained and lost. */
  readonly changed: readonly ChangedIncident[];
}

interface ComparisonOptions {
  readonly log: Pick<EventLog, 'read'>;
  readonly audience: string;
  readonly partition: number;
  readonly current: Ruleset;
  readonly candidate: Ruleset;
}

const changedShown = 50;
/** So many inputs are correlated between two looks at other requests. */
const perTurn = 50;

/** Runs two rulesets over the same prefix of an audience's log, beside the running correlator and without touching it, and tells how their incidents differ. */
export async function compareRulesets({ log, audience, partition, current, candidate }: ComparisonOptions): Promise<Comparison> {
  const [now, then] = [createCorrelator(current), createCorrelator(candidate)];
  let inputs = 0;
  for await (const records of log.read({ topic: topics.correlationInputs.name, partition, offset: 0 }, { maxBatch: perTurn })) {
    const told = records.flatMap(({ offset, value }) => (isCorrelationInput(value) ? toldOf(value, offset) : []));
    inputs += records.length;
    for (const correlator of [now, then]) {
      correlator.apply(told);
      await nextTurn();
    }
  }
  return { audience, inputs, ...differences(now, then) };
}

function toldOf(message: CorrelationInputMessage, position: number): readonly CorrelationInput[] {
  if (message.kind === 'judgement')
    return isPairJudgement(message.judgement) ? [{ kind: 'judgement', position, judgement: message.judgement }] : [];
  if (message.kind === 'withdrawal') return [{ kind: 'withdrawal', position, id: message.id, revision: message.revision }];
  return [{ kind: 'signal', position, signal: message.signal, enrichment: message.enrichment }];
}

const pairsOf = (count: number): number => (count * (count - 1)) / 2;
const total = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + pairsOf(count), 0);

function differences(now: Correlator, then: Correlator): Pick<Comparison, 'signals' | 'current' | 'candidate' | 'pairs' | 'changed'> {
  const [mine, other] = [now.state(), then.state()];
  const sizes = new Map([...other.incidents].map(([id, members]) => [id, members.length]));
  const cells = [...mine.incidents].map(([id, members]) => {
    const shared = new Map<string, number>();
    for (const member of members) {
      const held = then.incidentOf(member) ?? member;
      shared.set(held, (shared.get(held) ?? 0) + 1);
    }
    return { id, size: members.length, shared };
  });
  const both = cells.reduce((sum, { shared }) => sum + total(shared.values()), 0);
  const [inCurrent, inCandidate] = [total(cells.map(({ size }) => size)), total(sizes.values())];
  return {
    signals: cells.reduce((sum, { size }) => sum + size, 0),
    current: outcomeOf(now.rulesetVersion, mine),
    candidate: outcomeOf(then.rulesetVersion, other),
    pairs: { both, onlyCurrent: inCurrent - both, onlyCandidate: inCandidate - both },
    changed: mostChanged(cells, sizes),
  };
}

function outcomeOf(rulesetVersion: string, { incidents, links }: ReturnType<Correlator['state']>): RulesetOutcome {
  const sizes = [...incidents.values()].map((members) => members.length).filter((size) => size > 1);
  const possible = links.filter(({ kind }) => kind === 'possible').length;
  return {
    rulesetVersion,
    incidents: sizes.length,
    linked: sizes.reduce((sum, size) => sum + size, 0),
    links: links.length - possible,
    possible,
    largest: sizes.reduce((largest, size) => Math.max(largest, size), 0),
  };
}

interface Cell {
  readonly id: string;
  readonly size: number;
  readonly shared: ReadonlyMap<string, number>;
}

function mostChanged(cells: readonly Cell[], sizes: ReadonlyMap<string, number>): readonly ChangedIncident[] {
  const scored = cells.map(({ id, size, shared }) => {
    const kept = total(shared.values());
    const gained = [...shared].reduce((sum, [held, count]) => sum + pairsOf(sizes.get(held) ?? count) - pairsOf(count), 0);
    const becomes = [...shared].map(([held, count]) => ({ id: held, size: sizes.get(held) ?? count, shared: count }));
    return {
      change: pairsOf(size) - kept + gained,
      incident: { id, size, becomes: becomes.sort((a, b) => b.shared - a.shared || (a.id < b.id ? -1 : 1)) },
    };
  });
  return scored
    .filter(({ change }) => change > 0)
    .sort((a, b) => b.change - a.change || (a.incident.id < b.incident.id ? -1 : 1))
    .slice(0, changedShown)
    .map(({ incident }) => incident);
}
