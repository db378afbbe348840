import { readFile } from 'node:fs/promises';
import { parse as parseYaml } from 'yaml';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import { Comparison } from '../documents.ts';

/** Has the service run another ruleset over the signals of an audience, beside the running one, and shows what would change. */
export const compareCommand: Command = {
  name: 'compare',
  takes: 'RULESET',
  says: 'What another ruleset (JSON or YAML file) would make of the same signals; nothing is changed',
  details:
    'Runs in the service beside the present ruleset, on the signals of your audience. To keep it running, give an audience of its own a ruleset in samenhang.yaml.',
  async run(context) {
    const [file] = context.words;
    if (file === undefined) throw new UsageError('compare takes the file of a ruleset');
    const ruleset: unknown = parseYaml(await readFile(file, 'utf8'));
    context.out.note('comparing; a log of a million signals takes minutes');
    const comparison = await context.connect('analyst').post('/v1/ruleset/compare', Comparison, ruleset);
    if (context.out.json) await context.out.value(comparison);
    else await show(comparison, context);
    return 0;
  },
};

async function show({ audience, signals, current, candidate, pairs, changed }: Comparison, { out }: CommandContext): Promise<void> {
  await out.line(out.paint.bold(`${signals.toLocaleString('en')} signals of ${audience}`));
  await out.line(out.paint.dim(`${''.padEnd(22)}${'now'.padStart(14)}${'with it'.padStart(14)}`));
  for (const name of ['incidents', 'linked', 'largest', 'links', 'possible'] as const)
    await out.line(
      `${name.padEnd(22)}${current[name].toLocaleString('en').padStart(14)}${candidate[name].toLocaleString('en').padStart(14)}`,
    );
  await out.line(
    `pairs of signals in one incident: ${pairs.both} under both, ${pairs.onlyCurrent} only now, ${pairs.onlyCandidate} only with it`,
  );
  for (const { id, size, becomes } of changed) {
    const parts = becomes.map((part) => `${part.shared} in one of ${part.size}`).join(', ');
    await out.line(`  ${id}  ${size} signals -> ${parts}`);
  }
  if (changed.length === 0) await out.line(out.paint.green('no incident would change'));
}
