import { join } from 'node:path';
import { benchKey } from './bench-key.ts';
import { type BenchRow, compared } from './bench-row.ts';
import { benchSignals } from './bench-signals.ts';
import { type ChildServer, startChild } from './child-server.ts';
import { type Posting, post } from './load.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const perBatch = 200;
/** Servers take turns, so that what else the machine does is shared by all of them. */
const rounds = 5;
/** Code that has run so often was compiled: a server with more of it than an echo is not measured while it is. */
const warmedUpBy = 10_000;

/** What one server was measured with. */
interface Case {
  readonly server: ChildServer;
  readonly posting: Posting;
  readonly signalsPerRequest: number;
  /** Of each round: signals answered per second, and processor microseconds of the server for each. */
  readonly measured: { readonly perSecond: number; readonly micros: number }[];
  sent: number;
}

/** Ingest against a bare Fastify that echoes the same body: one signal, an array, NDJSON; what validation costs and what durability costs. */
export async function benchIngest(size: number): Promise<readonly BenchRow[]> {
  const seconds = Math.max(2, Math.min(8, size / 3_000)) / rounds;
  const { single, list, ndjson } = postings();
  using directory = temporaryDirectory();
  const start = (mode: string) => startChild('./ingest-server.child.ts', [mode, join(directory.path, mode)]);
  await using echo = await start('echo');
  await using validated = await start('validated');
  await using durable = await start('durable');
  const caseOf = (server: ChildServer, posting: Posting): Case => ({
    server,
    posting,
    signalsPerRequest: posting === single ? 1 : perBatch,
    measured: [],
    sent: 0,
  });
  const echoed = caseOf(echo, single);
  const echoedList = caseOf(echo, list);
  const cases = [caseOf(validated, single), caseOf(durable, single), caseOf(durable, list), caseOf(durable, ndjson)] as const;
  // Ids of one case never come back in another: they would be duplicates.
  for (const [at, each] of [echoed, echoedList, ...cases].entries()) each.sent = Math.floor((at * 10_000_000) / each.signalsPerRequest);
  const all = [echoed, echoedList, ...cases];
  for (const each of all) await warmUp(each);
  for (let round = 0; round < rounds; round++) for (const each of all) each.measured.push(await measure(each, seconds));
  const [one, durably, array, lines] = cases;
  const alone = 'against one signal per request through a bare echo';
  return [
    row('POST one, validated', one, echoed, alone),
    row('POST one, durable', durably, echoed, alone),
    row(`POST array of ${perBatch}, durable`, array, echoedList, 'against the same array echoed'),
    row(`POST NDJSON of ${perBatch}, durable`, lines, echoed, alone),
  ];
}

async function warmUp(each: Case): Promise<void> {
  const enough = each.sent + warmedUpBy / each.signalsPerRequest;
  while (each.sent < enough) await measure(each, 0.5);
}

/** One turn of a server. */
async function measure(each: Case, seconds: number): Promise<Case['measured'][number]> {
  const { server, posting, signalsPerRequest } = each;
  const [began, processor] = [performance.now(), server.processorSeconds()];
  const answered = await post(server.url, posting, seconds, each.sent);
  each.sent += answered;
  const signals = answered * signalsPerRequest;
  return {
    perSecond: (signals * 1_000) / (performance.now() - began),
    micros: ((server.processorSeconds() - processor) * 1e6) / signals,
  };
}

function row(name: string, ours: Case, theirs: Case, against: string): BenchRow {
  const rate = ({ measured }: Case): number => median(measured.map(({ perSecond }) => perSecond));
  const [mine, bare] = [ours, theirs].map(({ measured }) => median(measured.map(({ micros }) => micros)).toFixed(0));
  const note = `${against}; processor time of the server ${mine} us against ${bare}`;
  return compared({ name, value: rate(ours), unit: 'signals/s', baseline: rate(theirs), note });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function postings(): Readonly<Record<'single' | 'list' | 'ndjson', Posting>> {
  const digits = 9;
  const mark = '"externalId":"';
  const drafts = [...benchSignals(2_000)].map((draft) => {
    const bytes = Buffer.from(JSON.stringify(draft).replace(mark, `${mark}${'0'.repeat(digits)}-`));
    return { bytes, at: bytes.indexOf(mark) + mark.length };
  });
  /** A fresh external id for each signal, or all but the first round would be duplicates. */
  const fresh = (n: number): Buffer => {
    const draft = drafts[n % drafts.length];
    if (draft === undefined) throw new RangeError('no draft');
    draft.bytes.write(String(n).padStart(digits, '0'), draft.at, 'latin1');
    return draft.bytes;
  };
  const batch = (n: number, opening: string, separator: string, closing: string): Buffer => {
    const members = Array.from({ length: perBatch }, (_, at) => [Buffer.from(at === 0 ? opening : separator), fresh(n * perBatch + at)]);
    return Buffer.concat([...members.flat(), Buffer.from(closing)]);
  };
  const { key } = benchKey;
  return {
    single: { key, body: fresh, type: 'application/json', connections: 32 },
    list: { key, body: (n) => batch(n, '[', ',', ']'), type: 'application/json', connections: 4 },
    ndjson: { key, body: (n) => batch(n, '', '\n', ''), type: 'application/x-ndjson', connections: 4 },
  };
}
