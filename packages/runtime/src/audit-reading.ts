import { closeSync, openSync, readSync } from 'node:fs';
import { AuditEntry } from '@samenhang/domain';

/** A whole line of a chain's file; `entry` is undefined when the line is none. */
export interface AuditLine {
  readonly entry: AuditEntry | undefined;
}

const chunkBytes = 262_144;

/** The whole lines of a chain's file in order. A last line without its end was never made durable, and is left out. */
export function* readAuditFile(file: string): Generator<AuditLine> {
  const descriptor = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(chunkBytes);
    const decoder = new TextDecoder();
    let rest = '';
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
      const lines = (rest + decoder.decode(chunk.subarray(0, read), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield { entry: entryOf(line) };
    }
  } finally {
    closeSync(descriptor);
  }
}

function entryOf(line: string): AuditEntry | undefined {
  try {
    return AuditEntry.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
