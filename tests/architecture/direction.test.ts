import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wrongImports } from './direction.ts';
import { importsOf, isTestCode, root, type SourceFile, sourceFiles } from './source-files.ts';

const sources = [...sourceFiles('packages'), ...sourceFiles('services')];
const aFile = (path: string, text: string): SourceFile => ({ path, text, imports: importsOf(text) });

describe('the direction of imports', () => {
  it('points down, through doors, and outside only where it may', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.flatMap(wrongImports)).toEqual([]);
  });

  it.each([
    ['a service that imports another', 'services/enrich/src/x.ts', "import { a } from '@samenhang/ingest';"],
    ['a pure package that imports the runtime', 'packages/correlation/src/x.ts', "import type { A } from '@samenhang/runtime';"],
    ['a pure package that imports another', 'packages/correlation/src/x.ts', "import { a } from '@samenhang/enrichment';"],
    ['domain that imports a library', 'packages/domain/src/x.ts', "export { a } from 'lodash';"],
    ['a deep import', 'services/query/src/x.ts', "import { a } from '@samenhang/domain/src/signal.ts';"],
    ['a relative import out of the package', 'services/query/src/x.ts', "import { a } from '../../ingest/src/x.ts';"],
    ['a driver outside its adapter', 'services/ingest/src/x.ts', "const { Kafka } = await import('kafkajs');"],
    ['backends outside main.ts', 'services/ingest/src/app.ts', "import { openBackends } from '@samenhang/backends';"],
    ['the environment outside main.ts', 'services/ingest/src/app.ts', 'const port = process.env.PORT;'],
    ['a clock in a pure package', 'packages/correlation/src/x.ts', 'const now = Date.now();'],
    ['test code in production', 'services/ingest/src/app.ts', "import { aSignal } from '@samenhang/testing';"],
    ['a fixture in production', 'services/ingest/src/app.ts', "import { a } from './memory.fixture.ts';"],
    ['a multi-line import', 'services/enrich/src/x.ts', "import {\n  a,\n  b,\n} from '@samenhang/ingest';"],
  ])('sees %s', (_what, path, text) => {
    expect(wrongImports(aFile(path, text))).toHaveLength(1);
  });

  it('leaves alone what may be', () => {
    const fine = "import { topics } from '@samenhang/events';\nimport { openBackends } from '@samenhang/backends';\n// import 'kafkajs'\n";
    expect(wrongImports(aFile('services/enrich/src/main.ts', fine))).toEqual([]);
  });
});

describe('the dependencies of a package', () => {
  const packages = ['packages', 'services'].flatMap((folder) => readdirSync(`${root}${folder}`).map((name) => `${folder}/${name}`));

  it.each(packages)('%s declares what it imports', (folder) => {
    const { name, dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8'));
    const missing = sources
      .filter(({ path }) => path.startsWith(`${folder}/`))
      .flatMap(({ path, imports }) => imports.flatMap(moduleOf).map((module) => ({ path, module })))
      .filter(
        ({ path, module }) =>
          !(module in dependencies || module === name || (isTestCode(path) && (module in devDependencies || shared.has(module)))),
      );

    expect(missing).toEqual([]);
  });
});

/** Tools that the workspace's root has for all tests. */
const shared = new Set(['vitest', 'fast-check']);

function moduleOf(specifier: string): readonly string[] {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return [];
  const parts = specifier.split('/');
  return [parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')];
}
