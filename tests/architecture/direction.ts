import { isTestCode, type SourceFile } from './source-files.ts';

/** How high each package stands; an arrow may only point down (DESIGN.md section 8). */
const heights: Readonly<Record<string, number>> = {
  domain: 0,
  formats: 1,
  enrichment: 1,
  correlation: 1,
  ports: 2,
  events: 3,
  incidents: 4,
  runtime: 4,
  client: 5,
  'adapter-embedded': 5,
  'adapter-kafka': 5,
  'adapter-mongodb': 5,
  backends: 6,
  console: 6,
  collect: 7,
  ingest: 7,
  enrich: 7,
  correlate: 7,
  materialize: 7,
  notify: 7,
  query: 7,
  standalone: 8,
};

const pure = new Set(['domain', 'formats', 'enrichment', 'correlation', 'assessment']);
const drivers: Readonly<Record<string, string>> = {
  kafkajs: 'adapter-kafka',
  mongodb: 'adapter-mongodb',
  'node:sqlite': 'adapter-embedded',
};
const outsideWorld = /^node:(net|http|https|http2|tls|dgram|dns|child_process|cluster|worker_threads|sqlite|inspector|readline|repl)$/;
const testTools = ['vitest', 'fast-check', '@samenhang/testing', '@samenhang/ports/contract'];
const ownDoors = new Set(['@samenhang/ports/contract']);

/** The package a file is in: `packages/NAME/...` or `services/NAME/...`. */
const packageOf = (path: string): string => path.split('/')[1] ?? '';

const workspaceName = (specifier: string): string | undefined => /^@samenhang\/([^/]+)/.exec(specifier)?.[1];

/** What is wrong with the imports of a file of `packages/` or `services/`, in words; empty when nothing is. */
export function wrongImports({ path, text, imports }: SourceFile): readonly string[] {
  const own = packageOf(path);
  const production = !isTestCode(path);
  const found = imports.flatMap((specifier) => [
    ...wrongDoor(path, specifier),
    ...(production ? [...wrongDirection(path, own, specifier), ...wrongOutside(path, own, specifier)] : []),
  ]);
  if (production && /\bprocess\.env\b/.test(text) && !path.endsWith('/main.ts'))
    found.push(`${path} reads process.env, which only main.ts may`);
  if (production && pure.has(own) && /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)/.test(text))
    found.push(`${path} reads a clock or chance, but its package is pure`);
  return found;
}

function wrongDoor(path: string, specifier: string): readonly string[] {
  if (specifier.startsWith('@samenhang/') && specifier.split('/').length > 2 && !ownDoors.has(specifier))
    return [`${path} reaches past the door of ${specifier}`];
  if (!specifier.startsWith('.')) return [];
  const target = new URL(specifier, `file:///${path}`).pathname.slice(1);
  const inside = target.split('/').slice(0, 2).join('/') === path.split('/').slice(0, 2).join('/');
  return inside ? [] : [`${path} leaves its package by ${specifier}`];
}

function wrongDirection(path: string, own: string, specifier: string): readonly string[] {
  const other = workspaceName(specifier);
  if (testTools.includes(specifier)) return [`${path} takes ${specifier}, which is for tests, into production`];
  if (specifier.startsWith('.') && isTestCode(new URL(specifier, `file:///${path}`).pathname.slice(1)))
    return [`${path} takes test code into production: ${specifier}`];
  if (other === undefined || other === own) return [];
  const [from, to] = [heights[own], heights[other]];
  if (from === undefined || to === undefined) return [`${path}: ${from === undefined ? own : other} has no place in the layers`];
  if (to >= from) return [`${path} imports ${specifier}, which does not stand below ${own}`];
  if (own === 'domain' || (pure.has(own) && other !== 'domain')) return [`${path} is pure and may import domain only, not ${specifier}`];
  return other === 'backends' && !path.endsWith('/main.ts') ? [`${path} imports backends, which only main.ts may`] : [];
}

function wrongOutside(path: string, own: string, specifier: string): readonly string[] {
  const owner = drivers[specifier];
  if (owner !== undefined && owner !== own) return [`${path} imports the driver ${specifier}, which belongs to ${owner}`];
  if (pure.has(own) && outsideWorld.test(specifier)) return [`${path} is pure and may not import ${specifier}`];
  if (own === 'domain' && !specifier.startsWith('.') && specifier !== 'zod' && specifier !== 'node:crypto')
    return [`${path} may import zod and nothing else, not ${specifier}`];
  return [];
}
