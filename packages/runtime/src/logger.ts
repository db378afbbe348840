import { type DestinationStream, destination, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const secrets = ['authorization', 'key', 'keys', 'token', 'secret', 'password', 'cookie'];

/** A logger of JSON lines on standard error that never prints what stands under the name of a secret. */
export function createLogger(
  service: string,
  level: LogLevel = 'info',
  to: DestinationStream = destination({ dest: 2, sync: true }),
): Logger {
  const paths = secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino({ level, base: { service }, redact: { paths, censor: '[redacted]' }, timestamp: pino.stdTimeFunctions.isoTime }, to);
}
