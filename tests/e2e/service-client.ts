import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

type Posted = { readonly source: string; readonly externalId?: string | undefined };
interface Incident {
  readonly id: string;
  readonly revision: number;
  readonly changed: number;
  readonly members: readonly { readonly id: string }[];
  readonly links: readonly unknown[];
}

/** Every member that one of the answers has. */
interface Answer {
  readonly accepted: number;
  readonly rejected: number;
  readonly settled: boolean;
  readonly items: readonly Incident[];
  readonly next: string | null;
}

type Role = 'adapter' | 'analyst' | 'operator';

/** What the fault runs ask of a service, by HTTP only. */
export interface ServiceClient {
  /** Posts until the whole list is acknowledged, as an adapter must: what was not acknowledged is sent again. Gives how many were accepted. */
  post(signals: readonly Posted[]): Promise<number>;
  /** Resolves once everything acknowledged can be queried. */
  settled(withinMs: number): Promise<void>;
  /** Every incident of an audience (default: that of the key) with members and links, in canonical order, without the positions that depend on how records were cut into partitions. */
  incidents(audience?: string): Promise<string>;
  rejected(): Promise<number>;
}

/** A client with the keys of a data directory; `url` is asked anew each time, as a service that was restarted has another. */
export function createServiceClient(data: string, url: () => string): ServiceClient {
  const keys: Record<Role, string> = JSON.parse(readFileSync(join(data, 'client.json'), 'utf8')).keys;

  const ask = async (
    role: Role,
    path: string,
    { body, headers = {} }: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<{ readonly status: number; readonly json: Answer }> => {
    const response = await fetch(url() + path, {
      headers: { authorization: `Bearer ${keys[role]}`, ...headers },
      signal: AbortSignal.timeout(60_000),
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    return { status: response.status, json: (await response.json()) as Answer };
  };

  const list = async (audience: string | undefined): Promise<readonly Incident[]> => {
    const headers = audience === undefined ? {} : { 'samenhang-audience': audience };
    const items: Incident[] = [];
    for (let cursor = ''; ; ) {
      const { status, json } = await ask('analyst', `/v1/incidents?minSize=1&limit=100&include=members,links${cursor}`, { headers });
      if (status !== 200) throw new Error(`incidents answered ${status}: ${JSON.stringify(json)}`);
      items.push(...json.items);
      if (json.next === null) return items;
      cursor = `&cursor=${encodeURIComponent(json.next)}`;
    }
  };

  return {
    async post(signals) {
      const body = signals.map((signal) => JSON.stringify(signal)).join('\n');
      for (;;) {
        try {
          const { status, json } = await ask('adapter', '/v1/signals', { body, headers: { 'content-type': 'application/x-ndjson' } });
          if (status === 202 && json.rejected === 0) return json.accepted;
          if (status === 202 || (status !== 503 && status !== 429))
            throw new RangeError(`posting answered ${status}: ${JSON.stringify(json).slice(0, 500)}`);
        } catch (error) {
          if (error instanceof RangeError) throw error;
        }
        await sleep(300);
      }
    },
    async settled(withinMs) {
      const deadline = performance.now() + withinMs;
      for (;;) {
        const answer = await ask('operator', '/v1/pipeline').catch(() => undefined);
        if (answer?.status === 200 && answer.json.settled) return;
        if (performance.now() > deadline) throw new Error(`did not settle within ${withinMs} ms: ${JSON.stringify(answer?.json)}`);
        await sleep(500);
      }
    },
    async incidents(audience) {
      const seen = (await list(audience)).map(({ revision: _revision, changed: _changed, members, links, ...incident }) => ({
        ...incident,
        members: members.map(({ id }) => id).sort(),
        links: links.map((link) => JSON.stringify(link)).sort(),
      }));
      return seen
        .map((incident) => JSON.stringify(incident))
        .sort()
        .join('\n');
    },
    async rejected() {
      return (await ask('operator', '/v1/rejected')).json.items.length;
    },
  };
}
