import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface DistributedFlags {
  readonly port: string | undefined;
  readonly host: string | undefined;
  readonly data: string;
  readonly config: string | undefined;
  readonly kafkaBrokers: string | undefined;
  readonly mongodbUri: string | undefined;
}

/** The flags of `npm run distributed`; throws for one that there is not. */
export function readDistributedFlags(args: readonly string[]): DistributedFlags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string', default: './data' },
      config: { type: 'string' },
      brokers: { type: 'string' },
      mongodb: { type: 'string' },
    },
  });
  const { port, host, data, config, brokers, mongodb } = values;
  return { port, host, data: resolve(data), config, kafkaBrokers: brokers, mongodbUri: mongodb };
}
