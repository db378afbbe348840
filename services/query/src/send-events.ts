import { once } from 'node:events';
import type { Writable } from 'node:stream';

interface Patience {
  /** Ends the sending from our side. */
  readonly signal: AbortSignal;
  /** How long a client may take to read what it was sent last. */
  readonly patienceMs: number;
}

const beatMs = 15_000;

/**
 * Sends events as the client reads them, never holding more for it than one event beyond what the connection buffers. A client that does not read for so long is cut off,
 * and can resume where it was by Last-Event-ID.
 */
export async function sendEvents(
  out: Writable,
  batches: AsyncIterable<readonly string[]>,
  { signal, patienceMs }: Patience,
): Promise<void> {
  const beat = setInterval(() => {
    if (out.writableLength === 0) out.write(':\n\n');
  }, beatMs);
  try {
    for await (const batch of batches) {
      for (const event of batch) if (!out.write(event) && !(await drained(out, { signal, patienceMs }))) return;
    }
  } finally {
    clearInterval(beat);
    if (out.writableNeedDrain) out.destroy();
    else out.end();
  }
}

async function drained(out: Writable, { signal, patienceMs }: Patience): Promise<boolean> {
  try {
    await once(out, 'drain', { signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) });
    return true;
  } catch {
    return false;
  }
}
