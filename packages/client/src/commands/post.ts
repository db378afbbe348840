import { createReadStream } from 'node:fs';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import type { ProblemReport } from '../problem-error.ts';
import { readPosting } from '../read-posting.ts';

interface Problem {
  readonly file: string;
  readonly line: number;
  readonly problem: ProblemReport;
}

interface Summary {
  files: number;
  lines: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  readonly problems: Problem[];
}

/** Posts files of signals; the summary accounts for every line. */
export const postCommand: Command = {
  name: 'post',
  takes: 'FILE...|-',
  says: 'Post signals: NDJSON, a JSON object or an array; - reads standard input',
  details: `Every line is accounted for: accepted, duplicate (known already) or rejected with the reason. Posting the same again is harmless, so an
interrupted run is resumed by running it again. Labelled evaluation records (id, truth, meta) are mapped to signals of the source dev-<set>.
What a partner delivers in another format: samenhang parse FILE --signals | samenhang post -`,
  flags: { batch: { value: 'N', says: 'signals per request (default 1000)' } },
  async run(context) {
    if (context.words.length === 0) throw new UsageError('post needs at least one FILE, or - for standard input');
    const summary: Summary = { files: 0, lines: 0, accepted: 0, duplicate: 0, rejected: 0, problems: [] };
    const began = performance.now();
    try {
      for (const file of context.words) await postFile(file, summary, context, began);
    } catch (error) {
      await tell(summary, context, began);
      throw error;
    }
    await tell(summary, context, began);
    return summary.rejected === 0 ? 0 : 1;
  },
};

async function postFile(file: string, summary: Summary, context: CommandContext, began: number): Promise<void> {
  const client = context.connect('adapter');
  const sent: { readonly line: number }[] = [];
  const reject = (line: number, problem: ProblemReport): void => {
    summary.rejected++;
    summary.problems.push({ file, line, problem });
  };
  async function* texts(): AsyncGenerator<string> {
    for await (const item of readPosting(open(file), file)) {
      summary.lines++;
      if (item.kind === 'unreadable') reject(item.line, item.problem);
      else {
        sent.push(item);
        yield item.text;
      }
    }
  }
  summary.files++;
  const batch = Number(context.flag('batch') ?? 1_000);
  for await (const { status, problem } of client.postLines(texts(), { itemsPerRequest: batch })) {
    const line = sent.shift()?.line ?? 0;
    if (status === 'rejected') reject(line, problem ?? { type: 'about:blank', title: 'Rejected', status: 422, detail: '' });
    else summary[status]++;
    if (summary.accepted % 100 === 0) context.out.progress(progressOf(file, summary, began));
  }
}

const open = (file: string): AsyncIterable<Uint8Array> =>
  file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });

const number = (n: number): string => n.toLocaleString('en');
const perSecond = (n: number, began: number): string => number(Math.round((n * 1_000) / Math.max(1, performance.now() - began)));

function progressOf(file: string, { accepted, duplicate, rejected }: Summary, began: number): string {
  const done = accepted + duplicate + rejected;
  return `${file}  ${number(done)} posted · ${number(accepted)} accepted · ${number(duplicate)} duplicate · ${number(rejected)} rejected · ${perSecond(done, began)}/s`;
}

async function tell(summary: Summary, { out }: CommandContext, began: number): Promise<void> {
  if (out.json) return out.value(summary);
  const { files, lines, accepted, duplicate, rejected, problems } = summary;
  const { paint } = out;
  for (const { file, line, problem } of problems.slice(0, 20)) await out.line(`${paint.red('rejected')} ${file}:${line} ${says(problem)}`);
  if (problems.length > 20) await out.line(paint.dim(`… and ${problems.length - 20} more; --json lists them all`));
  const refused = rejected === 0 ? '0 rejected' : paint.red(`${number(rejected)} rejected`);
  await out.line(
    `${number(lines)} signals in ${files} ${files === 1 ? 'file' : 'files'}: ${paint.green(`${number(accepted)} accepted`)}, ${number(duplicate)} duplicate, ${refused} (${perSecond(lines, began)}/s)`,
  );
  if (accepted > 0) out.note(paint.dim('next: npm run samenhang -- incidents'));
}

function says({ title, detail, errors }: ProblemReport): string {
  if (errors === undefined || errors.length === 0) return detail === '' ? title : `${title}: ${detail}`;
  return `${title}: ${errors.map(({ pointer, detail: why }) => `${pointer || 'the whole'} ${why}`).join('; ')}`;
}
