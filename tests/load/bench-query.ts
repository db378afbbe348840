import { fastify } from 'fastify';
import { z } from 'zod';
import { type BenchRow, compared } from './bench-row.ts';
import { benchSignals } from './bench-signals.ts';
import { readingRate } from './load.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { startWhole } from './whole-service.ts';

const Page = z.object({ items: z.array(z.object({ id: z.string() })) });

/** The analyst's usual questions, against a bare Fastify that answers with the same bytes. */
export async function benchQuery(size: number): Promise<readonly BenchRow[]> {
  using directory = temporaryDirectory();
  await using service = await startWhole(directory.path);
  for await (const _ of service.post(benchSignals(size)));
  await service.settled();
  const seconds = Math.max(2, Math.min(5, size / 4_000));
  const [first] = (await service.get('/v1/incidents?limit=1', Page)).items;
  const questions: readonly (readonly [string, string])[] = [
    ['list of 50 incidents', '/v1/incidents?limit=50'],
    ['list of 50, by a word', '/v1/incidents?limit=50&text=karo'],
    ['list of 50 with members and links', '/v1/incidents?limit=50&include=members,links'],
    ...(first === undefined ? [] : [['one incident, whole', `/v1/incidents/${first.id}`] as const]),
  ];
  const rows: BenchRow[] = [];
  for (const [name, path] of questions) {
    const headers = { authorization: `Bearer ${service.keys.analyst}` };
    const bytes = await (await fetch(service.server.url + path, { headers })).text();
    const told = await readingRate(service.server.url + path, headers, seconds);
    const baseline = (await bareRate(bytes, seconds)).perSecond;
    rows.push(
      compared({
        name,
        value: told.perSecond,
        unit: 'requests/s',
        baseline,
        note: `${Math.round(bytes.length / 1_000)} kB, p99 ${told.p99} ms, of ${size} signals`,
      }),
    );
  }
  return rows;
}

async function bareRate(bytes: string, seconds: number) {
  const app = fastify();
  app.get('/', async (_request, reply) => reply.type('application/json').send(bytes));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    return await readingRate(url, {}, seconds);
  } finally {
    await app.close();
  }
}
