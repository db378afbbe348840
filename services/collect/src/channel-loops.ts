import { join } from 'node:path';
import { type Client, createClient } from '@samenhang/client';
import { ServiceError } from '@samenhang/runtime';
import { collectFeed } from './collect-feed.ts';
import { collectTaxii } from './collect-taxii.ts';
import type { Channel, CollectConfig, DropFolder, TaxiiServer, WebFeed } from './config.ts';
import { type CursorStore, openCursorStore } from './cursor-store.ts';
import { collectFolder } from './drop-folder.ts';
import { createGuardedFetch, type GuardedFetch } from './guarded-fetch.ts';
import { postSignals } from './post-signals.ts';
import type { ChannelLoop } from './run-channel.ts';
import { createTaxiiClient } from './taxii-server.ts';

export interface LoopSettings {
  readonly channel: Channel;
  readonly config: CollectConfig;
  /** The adapter key for ingest. */
  readonly key: string;
  readonly secrets: Readonly<Record<string, string | undefined>>;
  readonly nowMs: () => number;
}

interface Base extends LoopSettings {
  readonly client: Client;
  readonly cursors: CursorStore;
  readonly reports: CursorStore;
}

/** One loop for every folder, server and feed of the channel. */
export async function channelLoops(settings: LoopSettings): Promise<readonly ChannelLoop[]> {
  const { channel, config, key } = settings;
  const base: Base = {
    ...settings,
    client: createClient({ url: config.service, key }),
    cursors: await openCursorStore(join(config.data, 'cursors')),
    reports: await openCursorStore(join(config.data, 'reports')),
  };
  if (channel === 'embassy') return config.embassy.map((folder) => folderLoop(base, folder));
  if (channel === 'ras') return config.ras.map((server) => taxiiLoop(base, server));
  return config.sector.map((entry) => ('url' in entry ? feedLoop(base, entry) : folderLoop(base, entry)));
}

function fetchFor({ config }: Base, url: string): GuardedFetch {
  return createGuardedFetch({
    ...config.limits,
    hosts: [...config.hosts, new URL(url).hostname.replace(/^\[|\]$/g, '')],
    privateNetworks: config.privateNetworks,
  });
}

function secretOf({ secrets }: Base, name: string): string {
  const value = secrets[name];
  if (value === undefined || value === '') throw new ServiceError('config-invalid', `The environment variable ${name} is not set`);
  return value;
}

function folderLoop({ channel, client, config, nowMs }: Base, folder: DropFolder): ChannelLoop {
  const post = (signals: Parameters<typeof postSignals>[1]) => postSignals(client, signals);
  return {
    name: folder.name,
    everyMs: folder.everySeconds * 1_000,
    look: () => collectFolder({ channel, folder, maxBytes: config.limits.bytes, nowMs, post }),
  };
}

function taxiiLoop(base: Base, server: TaxiiServer): ChannelLoop {
  const basic =
    server.username === undefined || server.passwordFrom === undefined
      ? undefined
      : Buffer.from(`${server.username}:${secretOf(base, server.passwordFrom)}`).toString('base64');
  const authorization =
    server.tokenFrom === undefined ? (basic === undefined ? undefined : `Basic ${basic}`) : `Bearer ${secretOf(base, server.tokenFrom)}`;
  const headers = authorization === undefined ? {} : { authorization };
  const client = createTaxiiClient({ url: server.url, headers, fetch: fetchFor(base, server.url), nowMs: base.nowMs });
  const post = (signals: Parameters<typeof postSignals>[1]) => postSignals(base.client, signals);
  return {
    name: server.name,
    everyMs: server.everySeconds * 1_000,
    look: () => collectTaxii({ server, client, cursors: base.cursors, reports: base.reports, limits: base.config.limits, post }),
  };
}

function feedLoop(base: Base, feed: WebFeed): ChannelLoop {
  const { channel, cursors, reports, nowMs, config } = base;
  const headers = feed.tokenFrom === undefined ? {} : { authorization: `Bearer ${secretOf(base, feed.tokenFrom)}` };
  const fetch = fetchFor(base, feed.url);
  const post = (signals: Parameters<typeof postSignals>[1]) => postSignals(base.client, signals);
  return {
    name: feed.name,
    everyMs: feed.everySeconds * 1_000,
    look: () => collectFeed({ channel, feed, headers, fetch, cursors, reports, directory: config.data, nowMs, post }),
  };
}
