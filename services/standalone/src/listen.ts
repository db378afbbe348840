import { describeError, type HttpApp, ServiceError } from '@samenhang/runtime';

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Opens the one port; gives the address at which this machine reaches it. Throws `start-failed` when the port cannot be had. */
export async function listen(app: HttpApp, { host, port }: Address): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    throw new ServiceError('start-failed', `cannot listen on ${host}:${port}: ${describeError(cause)}`, { cause });
  }
  const bound = app.server.address();
  return addressOf({ host, port: typeof bound === 'object' && bound !== null ? bound.port : port });
}

/** The address at which this machine itself reaches the service. */
export function addressOf({ host, port }: Address): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
