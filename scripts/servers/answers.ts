import { connect } from 'node:net';

/** True when the server at 127.0.0.1:port answers these bytes with at least one byte within two seconds; with no bytes, when it accepts a connection. */
export const answers = (port: number, question?: Uint8Array): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 2_000 });
    const end = (healthy: boolean): void => {
      socket.destroy();
      done(healthy);
    };
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
    socket.once('close', () => end(false));
    socket.once('connect', () => (question === undefined ? end(true) : socket.write(question)));
    socket.once('data', () => end(true));
  });
