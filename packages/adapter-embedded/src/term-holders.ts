import type { DatabaseSync } from 'node:sqlite';
import type { MembershipMap } from './membership-map.ts';
import { createNumberSet, type NumberSet } from './number-set.ts';
import { matching, searchToken } from './search-token.ts';

/** Which incidents have a present member that holds a term. */
export interface TermHolders {
  /** The numbers of the incidents in which each of the terms is held by a member. */
  incidentsWith(terms: readonly string[]): NumberSet;
  /** Takes over that a signal that had no terms is found by these tokens. */
  indexed(signal: number, tokens: readonly string[]): void;
  /** Reads the file again when it is asked next. */
  forget(): void;
}

interface Held {
  readonly signals: number[];
  incidents: NumberSet;
  /** The version of the memberships that `incidents` is true of; undefined when a signal has come since. */
  version: number | undefined;
}

export interface HoldersSettings {
  /** The terms of so many signals are remembered; one for fewer is read again each time, which costs as little. */
  readonly worthRemembering?: number;
}

const frequent = 500;
/** So many signals of all remembered terms together, at some eight bytes each. */
const mostRemembered = 4_000_000;

/** Asks the full-text index for the signals of a term, and remembers those of frequent terms for as long as no signal is replaced. */
export function createTermHolders(
  database: DatabaseSync,
  memberships: MembershipMap,
  { worthRemembering = frequent }: HoldersSettings = {},
): TermHolders {
  const holding = database.prepare("SELECT group_concat(rowid, ' ') AS signals FROM signal_terms WHERE signal_terms MATCH ?");
  const remembered = new Map<string, Held>();
  let signalsRemembered = 0;

  function read(term: string): Held {
    const text = holding.get(matching(term))?.signals ?? '';
    return { signals: numbersIn(String(text)), incidents: createNumberSet(0), version: undefined };
  }

  function remember(token: string, held: Held): void {
    if (held.signals.length < worthRemembering) return;
    for (const [oldest, { signals }] of remembered) {
      if (signalsRemembered + held.signals.length <= mostRemembered) break;
      remembered.delete(oldest);
      signalsRemembered -= signals.length;
    }
    remembered.set(token, held);
    signalsRemembered += held.signals.length;
  }

  function find(term: string): Held {
    const token = searchToken(term);
    const known = remembered.get(token);
    if (known !== undefined) return known;
    const held = read(term);
    remember(token, held);
    return held;
  }

  function incidentsOf(held: Held): NumberSet {
    if (held.version === memberships.version()) return held.incidents;
    const incidents = memberships.incidents();
    held.incidents = createNumberSet(incidents.length);
    for (const signal of held.signals) {
      const incident = incidents[signal] ?? 0;
      if (incident > 0) held.incidents.add(incident);
    }
    held.version = memberships.version();
    return held.incidents;
  }

  return {
    incidentsWith: (terms) => terms.map((term) => incidentsOf(find(term))).reduce((all, next) => all.and(next)),
    indexed(signal, tokens) {
      if (remembered.size === 0) return;
      for (const token of tokens) {
        const held = remembered.get(token);
        if (held === undefined) continue;
        held.signals.push(signal);
        held.version = undefined;
        signalsRemembered++;
      }
    },
    forget() {
      remembered.clear();
      signalsRemembered = 0;
    },
  };
}

const space = 32;
const zero = 48;

/** The numbers of a text, each apart by one space; several times as fast as to split it. */
function numbersIn(text: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== space) number = number * 10 + code - zero;
    else {
      numbers.push(number);
      number = 0;
    }
  }
  if (text !== '') numbers.push(number);
  return numbers;
}
