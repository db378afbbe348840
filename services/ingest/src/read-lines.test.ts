import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Line, readLines } from './read-lines.ts';

async function* chunked(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    yield bytes.subarray(from, Math.max(from, cut % (bytes.length + 1)));
    from = Math.max(from, cut % (bytes.length + 1));
  }
  yield bytes.subarray(from);
}

async function linesOf(bytes: Buffer, cuts: readonly number[], { maxBytes = 1_000, perBatch = 3 } = {}): Promise<readonly string[]> {
  const lines: Line[] = [];
  for await (const batch of readLines(chunked(bytes, cuts), { maxBytes, perBatch })) {
    expect(batch.length).toBeLessThanOrEqual(perBatch);
    lines.push(...batch);
  }
  return lines.map((line) => line.toString());
}

describe('reading lines', () => {
  test('leaves out blank lines and takes a last line without an end', async () => {
    expect(await linesOf(Buffer.from('a\n\n  \r\nb\r\nc'), [])).toEqual(['a', 'b\r', 'c']);
  });

  test('does not keep a line that is too long, and goes on after it', async () => {
    expect(await linesOf(Buffer.from(`a\n${'x'.repeat(50)}\nb\n${'y'.repeat(50)}`), [10, 20, 30], { maxBytes: 10 })).toEqual([
      'a',
      'too-long',
      'b',
      'too-long',
    ]);
  });

  test('law: how a stream is cut into chunks changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'é', '\n', ' ', 'word', '\r\n', 'x'.repeat(30)), { maxLength: 40 }),
        fc.array(fc.nat(400)),
        async (parts, cuts) => {
          const bytes = Buffer.from(parts.join(''));
          const expected = parts
            .join('')
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map((line) => (Buffer.byteLength(line) > 20 ? 'too-long' : line));

          const whole = await linesOf(bytes, [], { maxBytes: 20 });
          const cut = await linesOf(bytes, cuts, { maxBytes: 20 });

          expect(whole).toEqual(expected);
          expect(cut).toEqual(expected);
        },
      ),
    );
  });
});
