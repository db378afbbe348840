import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** One source file: where it is, from the root, and what it imports. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const importing = /(?:^|[;\n}])\s*(?:import|export)\b(?:[^'"();]*?\bfrom)?\s*['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** The specifiers of every static, type-only, re-exporting and dynamic import of a source text, in order. */
export const importsOf = (text: string): readonly string[] =>
  [...withoutComments(text).matchAll(importing)].map(([, a, b]) => a ?? b ?? '');

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** Every TypeScript source below a folder, installed packages left out. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.split('/').includes('node_modules'))
    .sort()
    .map((path) => {
      const text = readFileSync(`${root}${folder}/${path}`, 'utf8');
      return { path: `${folder}/${path}`, text, imports: importsOf(text) };
    });
}

/** True for what only tests use: it never reaches production. */
export const isTestCode = (path: string): boolean =>
  path.startsWith('tests/') ||
  path.startsWith('packages/testing/') ||
  /\.(test|fixture|child|contract)\.ts$/.test(path) ||
  /\/(contract|under-test|view-arbitraries)[^/]*\.ts$/.test(path) ||
  /\/(testing|test)\//.test(path);
