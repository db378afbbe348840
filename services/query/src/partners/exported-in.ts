import type { ExportRecorded } from '@samenhang/events';
import type { FastifyRequest } from 'fastify';
import type { About } from './catalogue-entry.ts';

interface Given {
  readonly audience: string;
  readonly how: ExportRecorded['how'];
  readonly nowMs: number;
}

/** What the ledger keeps of an answer: which signals and incidents what is in it tells of, each once and in its newest revision among these. */
export function exportedIn(
  objects: readonly { readonly about: About | null }[],
  { principal }: Pick<FastifyRequest, 'principal'>,
  { audience, how, nowMs }: Given,
): ExportRecorded {
  const newest = { signal: new Map<string, number>(), incident: new Map<string, number>() };
  for (const { about } of objects) {
    if (about === null) continue;
    const known = newest[about.kind];
    known.set(about.id, Math.max(about.revision, known.get(about.id) ?? 0));
  }
  const by = `${principal?.name.slice(0, 120)}/${principal?.keyId}`;
  return { audience, by, at: new Date(nowMs).toISOString(), how, signals: [...newest.signal], incidents: [...newest.incident] };
}
