/** One line without its line end; `too-long` stands for a line that was longer than allowed and was not kept. */
export type Line = Buffer | 'too-long';

const newline = 0x0a;

/**
 * The lines of a stream, in lists of at most `perBatch`, in order; blank lines are left out. Holds at most one line and one chunk in memory,
 * whatever is sent.
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  { maxBytes, perBatch }: { readonly maxBytes: number; readonly perBatch: number },
): AsyncGenerator<readonly Line[]> {
  let lines: Line[] = [];
  let begun: Buffer[] = [];
  let begunBytes = 0;
  const end = (rest: Buffer): void => {
    const bytes = begunBytes + rest.length;
    if (bytes > maxBytes) lines.push('too-long');
    else {
      const line = begun.length === 0 ? rest : Buffer.concat([...begun, rest], bytes);
      if (!isBlank(line)) lines.push(line);
    }
    begun = [];
    begunBytes = 0;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      end(chunk.subarray(from, at));
      from = at + 1;
      if (lines.length < perBatch) continue;
      yield lines;
      lines = [];
    }
    const rest = chunk.subarray(from);
    begunBytes += rest.length;
    if (begunBytes <= maxBytes) begun.push(rest);
    else begun = [];
  }
  if (begunBytes > 0) end(Buffer.alloc(0));
  if (lines.length > 0) yield lines;
}

function isBlank(line: Buffer): boolean {
  for (const byte of line) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
}
