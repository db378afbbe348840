import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'vitest';

/** How a suite runs on one adapter. */
export interface SuiteSettings {
  /** Cases per law; real servers take fewer. Default 20. */
  readonly runs?: number;
  /** How long anything may take before it counts as not happening; default 20 s. */
  readonly patienceMs?: number;
  /** Laws that this adapter cannot keep, by name, with the reason; printed in the run. */
  readonly waivers?: Readonly<Record<string, string>>;
}

/** A running suite: its settings with the defaults filled in, and how it states a guarantee. */
export interface Suite {
  readonly runs: number;
  readonly patienceMs: number;
  /** A guarantee as a test; a waived one passes and says why it was waived. */
  guarantees(name: string, check: () => Promise<void>): void;
}

/** Prepares a suite; `guarantees` may be called after it only with names that differ. */
export function createSuite({ runs = 20, patienceMs = 20_000, waivers = {} }: SuiteSettings = {}): Suite {
  return {
    runs,
    patienceMs,
    guarantees(name, check) {
      const reason = waivers[name];
      if (reason === undefined) test(name, check, patienceMs * 4);
      else test(`waived: ${name}: ${reason}`, () => console.warn(`waived: ${name}: ${reason}`));
    },
  };
}

/** A name that no other test, run or process has used. */
export const uniqueName = (word: string): string => `${word}-${randomUUID()}`;

/** Resolves when the check first holds; throws with what it was waiting for when it never does in time. */
export async function eventually(says: string, holds: () => boolean | Promise<boolean>, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`never happened within ${patienceMs} ms: ${says}`);
    await sleep(5);
  }
}
