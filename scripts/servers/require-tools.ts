import { runCommand } from './run-command.ts';
import { say } from './say.ts';

/** What the local servers are built and run with, and the Debian package that brings each. */
const tools = {
  java: { probe: ['java', '-version'], debian: 'openjdk-17-jdk-headless' },
  javac: { probe: ['javac', '-version'], debian: 'openjdk-17-jdk-headless' },
  mvn: { probe: ['mvn', '--version'], debian: 'maven' },
} as const;

export type Tool = keyof typeof tools;

async function isThere(tool: Tool): Promise<boolean> {
  const [command, ...args] = tools[tool].probe;
  return (await runCommand(command, args)).code === 0;
}

async function missingOf(wanted: readonly Tool[]): Promise<readonly Tool[]> {
  const found = await Promise.all(wanted.map(isThere));
  return wanted.filter((_tool, at) => found[at] === false);
}

/** Resolves when the tools can be run. Where they are missing it installs Debian's packages if this is CI and root; otherwise it rejects and says what to install. */
export async function requireTools(wanted: readonly Tool[]): Promise<void> {
  const missing = await missingOf(wanted);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((tool) => tools[tool].debian))];
  const advice = `missing: ${missing.join(', ')}; install with: apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.env.CI === undefined || process.getuid?.() !== 0) throw new Error(advice);
  say(`${advice} (CI as root: installing them now)`);
  await runCommand('apt-get', ['update']);
  const end = await runCommand('apt-get', ['install', '-y', '--no-install-recommends', ...packages]);
  if (end.code !== 0 || (await missingOf(wanted)).length > 0) throw new Error(`${advice}\n${end.output}`);
}
