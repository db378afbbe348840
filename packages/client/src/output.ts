import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type colours from 'picocolors';

type Colours = ReturnType<typeof colours.createColors>;

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Output {
  /** True when results are for a program: one JSON value per line and nothing else. */
  readonly json: boolean;
  readonly paint: Colours;
  /** Resolves once there is room for more. */
  line(text: string): Promise<void>;
  value(value: unknown): Promise<void>;
  note(text: string): void;
  /** Replaces the progress line; shows nothing where nobody is looking. */
  progress(text: string): void;
}

interface Streams {
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** Progress lines appear only on a terminal and are wiped before anything else is written. */
export function createOutput(json: boolean, paint: Colours, { stdout, stderr }: Streams): Output {
  let progressing = false;
  const wipe = (): void => {
    if (progressing) stderr.write('\r\u001b[K');
    progressing = false;
  };
  const line = async (text: string): Promise<void> => {
    wipe();
    if (!stdout.write(`${text}\n`)) await once(stdout, 'drain');
  };
  return {
    json,
    paint,
    line,
    value: (value) => line(JSON.stringify(value)),
    note(text) {
      wipe();
      stderr.write(`${text}\n`);
    },
    progress(text) {
      if (stderr.isTTY !== true) return;
      stderr.write(`\r\u001b[K${text}`);
      progressing = true;
    },
  };
}
