import { type Command, type CommandContext, UsageError } from '../command.ts';
import { Incident } from '../documents.ts';
import { incidentLines, incidentPage } from '../show-incident.ts';

const filters = [
  'text',
  'theme',
  'sector',
  'country',
  'technique',
  'sourceType',
  'source',
  'observable',
  'from',
  'to',
  'status',
  'sort',
] as const;

/** Lists incidents, filtered as the API filters them. */
export const incidentsCommand: Command = {
  name: 'incidents',
  takes: '',
  says: 'List incidents, latest first',
  flags: {
    limit: { value: 'N', says: 'how many (default 20)' },
    'min-size': { value: 'N', says: 'only incidents of so many signals (default 2)' },
    text: { value: 'WORDS', says: 'only those that hold these words' },
    theme: { value: 'T', says: 'only of this theme' },
    sector: { value: 'S', says: 'only of this sector' },
    country: { value: 'CC', says: 'only with a place in this country' },
    technique: { value: 'T', says: 'only with this ATT&CK or DISARM technique' },
    sourceType: { value: 'TYPE', says: 'only with a report by embassy, ras or sector' },
    source: { value: 'S', says: 'only with a report by this source' },
    observable: { value: 'TYPE:VALUE', says: 'only with this observable' },
    from: { value: 'TIME', says: 'only seen since then' },
    to: { value: 'TIME', says: 'only seen until then' },
    status: { value: 'S', says: 'only with this status' },
    sort: { value: 'KEY', says: 'lastSeen, firstSeen, size or severity' },
  },
  async run(context) {
    const { out } = context;
    const wanted = Number(context.flag('limit') ?? 20);
    if (!Number.isInteger(wanted) || wanted < 1) throw new UsageError('--limit takes a whole number');
    let shown = 0;
    for await (const page of context.connect('analyst').pages(pathOf(context, wanted), Incident)) {
      for (const incident of page.slice(0, wanted - shown)) {
        if (out.json) await out.value(incident);
        else await out.line(`${incidentLines(incident, out.paint).join('\n')}\n`);
        shown++;
      }
      if (shown >= wanted) break;
    }
    if (shown === 0)
      out.note('no incidents: nothing posted is linked yet, or the filter leaves none (--min-size 1 also lists signals that stand alone)');
    return 0;
  },
};

function pathOf(context: CommandContext, wanted: number): string {
  const query = new URLSearchParams({ limit: String(Math.min(wanted, 1_000)) });
  const minSize = context.flag('min-size');
  if (minSize !== undefined) query.set('minSize', minSize);
  for (const name of filters) {
    const value = context.flag(name);
    if (value !== undefined) query.set(name, value);
  }
  return `/v1/incidents?${query}`;
}

/** Shows one incident: its members, and every link with its evidence. */
export const incidentCommand: Command = {
  name: 'incident',
  takes: 'ID',
  says: 'One incident: members, links and why they are linked',
  flags: { all: { says: 'show every link, not only the strongest' } },
  async run({ words: [id], connect, out, on }) {
    if (id === undefined) throw new UsageError('incident needs the ID of one');
    const incident = await connect('analyst').get(`/v1/incidents/${encodeURIComponent(id)}`, Incident);
    if (out.json) await out.value(incident);
    else await out.line(incidentPage(incident, out.paint, on('all') ? Number.POSITIVE_INFINITY : 12).join('\n'));
    return 0;
  },
};
