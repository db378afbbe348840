import { join, resolve } from 'node:path';
import type { Config } from '../../packages/runtime/src/index.ts';
import { freePort } from '../servers/free-port.ts';
import type { Servers } from '../servers/start-servers.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';

const root = join(import.meta.dirname, '..', '..');

export interface ServicesSettings {
  readonly config: Config;
  readonly configFile: string | undefined;
  readonly servers: Pick<Servers, 'kafka' | 'mongo'>;
}

/** How many processes of each service: two of those that keep nothing, one correlate per audience, among which the group spreads the audiences, and one notify when there is anyone to notify. */
export const processesOf = ({ audiences, webhooks }: Pick<Config, 'audiences' | 'webhooks'>): Readonly<Record<string, number>> => ({
  ingest: 2,
  enrich: 2,
  correlate: audiences.length,
  materialize: 2,
  query: 2,
  notify: webhooks.length === 0 ? 0 : 1,
});

/** Starts every process of every service on free ports of 127.0.0.1, and gives them with the service that each belongs to. */
export async function startServices({
  config,
  configFile,
  servers,
}: ServicesSettings): Promise<readonly (ServiceProcess & { readonly service: string })[]> {
  const environment = {
    KAFKA_BROKERS: servers.kafka.address,
    MONGODB_URI: servers.mongo.address,
    SAMENHANG_DATA: config.data,
    SAMENHANG_LOG_LEVEL: config.logLevel,
    ...(configFile === undefined ? {} : { SAMENHANG_CONFIG: resolve(configFile) }),
  };
  const started: (ServiceProcess & { service: string })[] = [];
  for (const [service, count] of Object.entries(processesOf(config))) {
    const file = join(root, 'services', service, 'src', 'main.ts');
    for (let number = 1; number <= count; number++) {
      started.push({ ...startServiceProcess({ name: `${service}-${number}`, file, port: await freePort(), environment }), service });
    }
  }
  return started;
}
