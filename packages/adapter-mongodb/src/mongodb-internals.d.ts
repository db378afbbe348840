declare module 'mongodb/lib/cmap/connection.js' {
  import type { Socket } from 'node:net';

  /** The part of the driver's connection that our patch changes. */
  export class Connection {
    constructor(socket: Socket, options: Readonly<Record<string, unknown>>);
    readonly closed: boolean;
    command(namespace: { readonly db: string }, command: object): Promise<unknown>;
  }
}
