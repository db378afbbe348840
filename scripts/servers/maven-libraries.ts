import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheDirectory } from './cache-directory.ts';
import { requireTools } from './require-tools.ts';
import { runCommand } from './run-command.ts';
import { say } from './say.ts';

const sources = join(import.meta.dirname, 'java');

/** The class path of what a pom names and of our Java files compiled against it, fetched from Maven Central once and kept in the cache. */
export async function mavenClassPath(name: string, javaFiles: readonly string[]): Promise<string> {
  const pom = join(sources, `${name}.pom.xml`);
  const fingerprint = createHash('sha256').update(readFileSync(pom));
  for (const file of javaFiles) fingerprint.update(readFileSync(join(sources, file)));
  const home = cacheDirectory(`${name}-${fingerprint.digest('hex').slice(0, 12)}`);
  if (!existsSync(home)) await fetchLibraries(name, pom, home, javaFiles);
  return `${home}/libs/*:${home}/classes`;
}

async function fetchLibraries(name: string, pom: string, home: string, javaFiles: readonly string[]): Promise<void> {
  await requireTools(['java', 'javac', 'mvn']);
  say(`fetching ${name} from Maven Central (once) ...`);
  await mkdir(dirname(home), { recursive: true });
  const work = await mkdtemp(`${home}.`);
  const fetched = await runCommand('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${work}/libs`]);
  if (fetched.code !== 0) throw new Error(`mvn could not fetch ${name}:\n${fetched.output}`);
  const files = javaFiles.map((file) => join(sources, file));
  const compiled = await runCommand('javac', ['-cp', `${work}/libs/*`, '-d', `${work}/classes`, ...files]);
  if (compiled.code !== 0) throw new Error(`javac could not compile for ${name}:\n${compiled.output}`);
  await keep(work, home);
}

/** Moves the finished directory into place; where another process was first, its copy is as good. */
async function keep(work: string, home: string): Promise<void> {
  try {
    await rename(work, home);
  } catch (cause) {
    if (!existsSync(home)) throw cause;
    await rm(work, { recursive: true, force: true });
  }
}
