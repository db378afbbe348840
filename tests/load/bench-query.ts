import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedViewStore } from '@samenhang/adapter-embedded';
import { z } from 'zod';
import { benchKey } from './bench-key.ts';
import { type BenchRow, compared } from './bench-row.ts';
import { fillViews } from './bench-views.ts';
import { startChild } from './child-server.ts';
import { readingRate } from './load.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const Page = z.object({ items: z.array(z.object({ id: z.string() })) });
const headers = { authorization: `Bearer ${benchKey.key}` };

/** The analyst's usual questions at so many incidents, each next to a bare Fastify that answers with the same bytes. */
export async function benchQuery(size: number): Promise<readonly BenchRow[]> {
  using directory = temporaryDirectory();
  {
    await using store = await openEmbeddedViewStore({ directory: directory.path, synchronise: async () => undefined });
    await fillViews(store, 'fusion-cell', size);
  }
  await using server = await startChild('./query-server.child.ts', ['query', directory.path]);
  const rows: BenchRow[] = [];
  for (const [name, path] of await questionsFor(server.url))
    rows.push(await measured(name, server.url + path, { directory: directory.path, size }));
  return rows;
}

async function questionsFor(url: string): Promise<readonly (readonly [name: string, path: string])[]> {
  const first = async (query: string): Promise<string> => {
    const page = Page.parse(await (await fetch(`${url}/v1/incidents?limit=1&${query}`, { headers })).json());
    return page.items[0]?.id ?? '';
  };
  const [usual, large] = [await first('sort=activity'), await first('sort=size')];
  return [
    ['list of 50 incidents', '/v1/incidents?limit=50'],
    ['list of 50, by hybrid reach', '/v1/incidents?limit=50&sort=hybrid'],
    ['list of 50, by country and theme', '/v1/incidents?limit=50&country=EE&theme=diaspora'],
    ['list of 50, by a word', '/v1/incidents?limit=50&text=mitesmika'],
    ['list of 50 with members and links', '/v1/incidents?limit=50&include=members,links'],
    ['facets over all incidents', '/v1/incidents?limit=1&facets=theme,sector,country,severity,status'],
    ['facets over a country', '/v1/incidents?limit=1&country=NL&facets=theme,sector,country,severity,status'],
    ['one incident, whole', `/v1/incidents/${usual}`],
    ['graph of an incident', `/v1/incidents/${usual}/graph`],
    ['graph of the largest incident', `/v1/incidents/${large}/graph`],
    ['similar incidents', `/v1/incidents/${usual}/similar`],
  ];
}

interface Place {
  readonly directory: string;
  readonly size: number;
}

async function measured(name: string, url: string, { directory, size }: Place): Promise<BenchRow> {
  const answered = await fetch(url, { headers });
  if (!answered.ok) throw new Error(`${url} answered ${answered.status}`);
  const bytes = Buffer.from(await answered.arrayBuffer());
  const seconds = Math.max(2, Math.min(5, size / 20_000));
  const told = await readingRate(url, headers, seconds);
  const file = join(directory, 'answer.json');
  writeFileSync(file, bytes);
  await using bare = await startChild('./query-server.child.ts', ['bare', file]);
  const baseline = await readingRate(`${bare.url}/`, {}, seconds);
  const note = `${(bytes.length / 1_000).toFixed(1)} kB, p50 ${told.p50} ms, p99 ${told.p99} ms (bare ${baseline.p50}, ${baseline.p99}), 8 connections`;
  return compared({ name, value: told.perSecond, unit: 'requests/s', baseline: baseline.perSecond, note });
}
