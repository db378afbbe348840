import { z } from 'zod';

const Page = z.object({ items: z.array(z.object({ id: z.string(), size: z.number() })), next: z.string().nullable() });
const Report = z.object({ observables: z.array(z.object({ type: z.string(), value: z.string() })) });
const Detail = z.object({ members: z.array(z.object({ title: z.string() })) });

/** One sort of question of an analyst, in a few forms, so that no answer is only a memory of the one before. */
export interface BenchQuestion {
  readonly name: string;
  readonly paths: readonly string[];
}

export type Ask = (path: string) => Promise<unknown>;

const formsOfEach = 8;
/** So many pages of a thousand before the deep one, where there are as many. */
const pagesBefore = 20;
const someThemes = ['digital', 'economic-security', 'military', 'diaspora'];
const someCountries = ['NL', 'BE', 'DE', 'FI', 'PL', 'EE'];
const facets = 'facets=theme,sector,country,severity,status';

/** The usual questions; which incidents they are about is asked first. */
export async function benchQuestions(ask: Ask): Promise<readonly BenchQuestion[]> {
  const page = async (query: string) => Page.parse(await ask(`/v1/incidents?${query}`));
  const usual = (await page(`limit=${formsOfEach}&sort=firstSeen`)).items.map(({ id }) => id);
  const large = (await page(`limit=${formsOfEach}&sort=size`)).items.map(({ id }) => id);
  const words = await wordsOf(ask, usual);
  const parts = ['graph', 'timeline', 'possible', 'similar'].flatMap((part): BenchQuestion[] => [
    { name: `${part} of an incident`, paths: usual.map((id) => `/v1/incidents/${id}/${part}`) },
    { name: `${part} of a large incident`, paths: large.map((id) => `/v1/incidents/${id}/${part}`) },
  ]);
  return [
    ...lists(words),
    { name: 'list, a page deep in it', paths: [`/v1/incidents?limit=50&cursor=${await deepCursor(page)}`] },
    { name: 'facets of all', paths: [`/v1/incidents?limit=1&${facets}`] },
    { name: 'facets of a country', paths: someCountries.map((country) => `/v1/incidents?limit=1&country=${country}&${facets}`) },
    { name: 'facets of a time', paths: [2021, 2022, 2023, 2024].map((year) => `/v1/incidents?limit=1&from=${year}&to=${year}&${facets}`) },
    { name: 'incident, whole', paths: usual.map((id) => `/v1/incidents/${id}`) },
    { name: 'large incident, whole', paths: large.map((id) => `/v1/incidents/${id}`) },
    ...parts,
    { name: 'pivot on an observable', paths: await pivots(ask, usual) },
    { name: 'review queue', paths: ['/v1/review'] },
  ];
}

const lists = (words: readonly string[]): readonly BenchQuestion[] => [
  { name: 'list', paths: ['/v1/incidents?limit=50'] },
  { name: 'list by severity', paths: ['/v1/incidents?limit=50&sort=severity'] },
  { name: 'list by hybrid reach', paths: ['/v1/incidents?limit=50&sort=hybrid'] },
  { name: 'list of a theme', paths: someThemes.map((theme) => `/v1/incidents?limit=50&theme=${theme}`) },
  {
    name: 'list of a country and time',
    paths: someCountries.map((country) => `/v1/incidents?limit=50&country=${country}&from=2023&to=2023`),
  },
  {
    name: 'list of a country, theme and severity',
    paths: someCountries.map((country) => `/v1/incidents?limit=50&country=${country}&theme=military&severity=high`),
  },
  { name: 'list of a word', paths: words.map((word) => `/v1/incidents?limit=50&text=${word}`) },
  { name: 'list with members and links', paths: ['/v1/incidents?limit=50&include=members,links'] },
];

async function wordsOf(ask: Ask, incidents: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(incidents.map(async (id) => Detail.parse(await ask(`/v1/incidents/${id}`))));
  return found.flatMap(({ members }) => members[0]?.title.split(' ').slice(0, 1) ?? []);
}

async function pivots(ask: Ask, incidents: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(incidents.map(async (id) => Report.parse(await ask(`/v1/signals/${id}`))));
  return found.flatMap(({ observables }) => observables).map(({ type, value }) => `/v1/observables/${type}/${encodeURIComponent(value)}`);
}

/** The cursor of a page that follows many others. */
async function deepCursor(page: (query: string) => Promise<z.infer<typeof Page>>): Promise<string> {
  let cursor = (await page('limit=50')).next ?? '';
  for (let before = 0; before < pagesBefore; before++) {
    const { next } = await page(`limit=1000&cursor=${cursor}`);
    if (next === null) break;
    cursor = next;
  }
  return cursor;
}
