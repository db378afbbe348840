import { parseArgs } from 'node:util';
import { describeError, ServiceError } from '@samenhang/runtime';

export interface Flags {
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly data: string | undefined;
  readonly config: string | undefined;
  readonly demo: boolean;
  readonly help: boolean;
}

/** What `npm start -- --help` prints. */
export const usage = `usage: npm start -- [--port N] [--host H] [--data DIR] [--config FILE] [--demo]

Runs every service of Samenhang in one process on files in the data directory.

  --port N       port to listen on (default 8080; 0 takes a free one)
  --host H       address to listen on (default 127.0.0.1)
  --data DIR     directory for the log, the store and the keys (default ./data)
  --config FILE  samenhang.yaml: audiences, sources, ruleset, limits (docs/reference/config.md)
  --demo         post a fictional scenario of about 60 signals
`;

/** The flags of the command line; throws \`config-invalid\` for one that there is not. */
export function readFlags(args: readonly string[]): Flags {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        config: { type: 'string' },
        demo: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { host, port, data, config, demo, help } = values;
    return { host, port, data, config, demo, help };
  } catch (cause) {
    throw new ServiceError('config-invalid', `${describeError(cause)}\n\n${usage}`, { cause });
  }
}
