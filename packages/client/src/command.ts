import type { Client } from './create-client.ts';
import type { Output } from './output.ts';

/** A flag of a command; `value` names what it takes, and one without it is a switch. */
export interface Flag {
  readonly value?: string;
  readonly says: string;
}

export type KeyRole = 'adapter' | 'analyst' | 'operator';

/** What a command gets to work with. */
export interface CommandContext {
  readonly words: readonly string[];
  /** The value of a flag; undefined when it was not given. */
  flag(name: string): string | undefined;
  /** Whether a switch was given. */
  on(name: string): boolean;
  /** A client with the key of this role, or the one given by --key. */
  connect(role: KeyRole): Client;
  /** The data directory of the service. */
  readonly data: string;
  readonly out: Output;
}

/** One verb of the command line. `run` gives the exit code: 0 done, 1 some of it failed and was said why; it throws a UsageError for 2. */
export interface Command {
  readonly name: string;
  /** What follows the name, such as `FILE...`. */
  readonly takes: string;
  readonly says: string;
  readonly details?: string;
  readonly flags?: Readonly<Record<string, Flag>>;
  run(context: CommandContext): Promise<number>;
}

/** Thrown for a command line that cannot be meant; ends with exit code 2. */
export class UsageError extends Error {}
