import { parseArgs } from 'node:util';
import colours from 'picocolors';
import { type Command, type CommandContext, type Flag, UsageError } from './command.ts';
import { auditCommand } from './commands/audit.ts';
import { compareCommand } from './commands/compare.ts';
import { dumpCommand } from './commands/dump.ts';
import { incidentCommand, incidentsCommand } from './commands/incidents.ts';
import { keysCommand } from './commands/keys.ts';
import { pipelineCommand, rejectedCommand } from './commands/operate.ts';
import { parseCommand } from './commands/parse.ts';
import { postCommand } from './commands/post.ts';
import { observableCommand, signalCommand } from './commands/signal.ts';
import { connectionOf } from './connection.ts';
import { createClient } from './create-client.ts';
import { createOutput, type Output } from './output.ts';
import { ProblemError } from './problem-error.ts';

const commands: readonly Command[] = [
  postCommand,
  incidentsCommand,
  incidentCommand,
  signalCommand,
  observableCommand,
  dumpCommand,
  rejectedCommand,
  pipelineCommand,
  compareCommand,
  parseCommand,
  keysCommand,
  auditCommand,
];

const everywhere: Readonly<Record<string, Flag>> = {
  url: { value: 'U', says: 'where the service is; else what client.json says' },
  key: { value: 'K', says: 'the key to use; else the one of client.json' },
  data: { value: 'DIR', says: 'data directory of a service on this machine (default ./data)' },
  audience: { value: 'A', says: 'for which audience to ask; else the first of the key' },
  json: { says: 'results as JSON, one value per line' },
  help: { says: 'this' },
};

const flagLines = (flags: Readonly<Record<string, Flag>>): readonly string[] =>
  Object.entries(flags).map(([name, { value, says }]) => `  --${`${name}${value === undefined ? '' : ` ${value}`}`.padEnd(22)} ${says}`);

/** What `--help` says, of everything or of one command. */
export function helpOf(command?: Command): string {
  if (command === undefined)
    return [
      'usage: npm run samenhang -- COMMAND [ARGUMENT...] [--json]',
      '',
      ...commands.map(({ name, takes, says }) => `  ${`${name} ${takes}`.padEnd(40)} ${says}`),
      '',
      ...flagLines(everywhere),
      '',
      'exit code: 0 done, 1 some of the work failed (said why), 2 wrong usage',
    ].join('\n');
  const { name, takes, says, details, flags } = command;
  return [
    `usage: npm run samenhang -- ${name} ${takes}`,
    '',
    says,
    ...(details === undefined ? [] : ['', details]),
    '',
    ...flagLines({ ...flags, ...everywhere }),
  ].join('\n');
}

/** Runs one command line and gives its exit code. Results go to standard output, everything else to standard error. */
export async function runCli(args: readonly string[]): Promise<number> {
  const streams = { stdout: process.stdout, stderr: process.stderr };
  const out = createOutput(args.includes('--json'), colours, streams);
  try {
    return await dispatch(args, out);
  } catch (error) {
    if (error instanceof UsageError) {
      out.note(`${error.message}\n(npm run samenhang -- --help says more)`);
      return 2;
    }
    out.note(out.paint.red(error instanceof Error ? error.message : String(error)));
    if (error instanceof ProblemError)
      for (const { pointer, detail } of error.problem.errors ?? []) out.note(`  ${pointer || 'the whole'} ${detail}`);
    return 1;
  }
}

async function dispatch([name, ...args]: readonly string[], out: Output): Promise<number> {
  if (name === undefined) throw new UsageError(helpOf());
  if (name === '--help' || name === 'help' || name === '-h') {
    await out.line(helpOf());
    return 0;
  }
  const command = commands.find((known) => known.name === name);
  if (command === undefined) throw new UsageError(`there is no command ${name}`);
  const flags = { ...everywhere, ...command.flags };
  const { words, values } = parse(args, flags);
  if (values.get('help') === true) {
    await out.line(helpOf(command));
    return 0;
  }
  return command.run(contextOf(words, values, out));
}

type Values = ReadonlyMap<string, string | boolean>;

function parse(
  args: readonly string[],
  flags: Readonly<Record<string, Flag>>,
): { readonly words: readonly string[]; readonly values: Values } {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { value }]) => [name, { type: value === undefined ? ('boolean' as const) : ('string' as const) }]),
  );
  try {
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const given = Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'boolean' ? [[name, value] as const] : [],
    );
    return { words: positionals, values: new Map(given) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function contextOf(words: readonly string[], values: Values, out: Output): CommandContext {
  const flag = (name: string): string | undefined => {
    const value = values.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const data = flag('data') ?? './data';
  return {
    words,
    data,
    out,
    flag,
    on: (name) => values.get(name) === true,
    connect(role) {
      const connection = connectionOf({ url: flag('url'), key: flag('key'), data }, role);
      const waiting = (why: string, ms: number): void => out.note(out.paint.yellow(`${why}; trying again in ${(ms / 1_000).toFixed(1)} s`));
      return createClient({ ...connection, audience: flag('audience'), waiting });
    },
  };
}
