// A process that only appends: it says on stdout which record was acknowledged, one number a line, and why one was not on stderr.
import { openEmbeddedEventLog } from '@samenhang/adapter-embedded';

const [directory = '', first = '0'] = process.argv.slice(2);
const log = await openEmbeddedEventLog({ directory });
await log.ensureTopics([{ name: 'crash', partitions: 2 }]);
let next = Number(first);

async function appendForEver(): Promise<void> {
  for (;;) {
    const numbers = Array.from({ length: 1 + (next % 7) }, () => next++);
    await log.append(
      'crash',
      numbers.map((number) => ({ key: String(number), value: { number, text: 'x'.repeat(number % 3_000) } })),
    );
    process.stdout.write(`${numbers.join('\n')}\n`);
  }
}

try {
  await Promise.all([appendForEver(), appendForEver(), appendForEver()]);
} catch (error) {
  process.stderr.write(
    `${JSON.stringify({ code: error instanceof Error && 'code' in error ? error.code : null, message: String(error) })}\n`,
  );
  process.exit(3);
}
