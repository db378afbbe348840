import { canonicalJson } from '@samenhang/domain';
import type { Command } from '../command.ts';
import { Incident } from '../documents.ts';

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
const byPair = (x: { readonly a: string; readonly b: string }, y: { readonly a: string; readonly b: string }): number =>
  x.a === y.a ? (x.b < y.b ? -1 : 1) : x.a < y.a ? -1 : 1;

/** Prints the whole state of one audience in a canonical form: two equal states give equal bytes. */
export const dumpCommand: Command = {
  name: 'dump',
  takes: '',
  says: 'Every incident with its members and links as canonical NDJSON',
  async run({ connect, out }) {
    const lines: { readonly id: string; readonly text: string }[] = [];
    for await (const page of connect('analyst').pages('/v1/incidents?minSize=1&limit=1000&include=members,links', Incident)) {
      for (const incident of page) lines.push({ id: incident.id, text: canonicalLine(incident) });
      out.progress(`${lines.length} incidents`);
    }
    for (const { text } of lines.sort(byId)) await out.line(text);
    return 0;
  },
};

/** One incident with sorted keys, members by id, links by their pair. */
export const canonicalLine = (incident: Incident): string =>
  canonicalJson({ ...incident, members: [...(incident.members ?? [])].sort(byId), links: [...(incident.links ?? [])].sort(byPair) });
