import { Socket } from 'node:net';
import { Connection } from 'mongodb/lib/cmap/connection.js';
import { expect, it } from 'vitest';

it('a command on a connection whose socket is already gone is refused at once, where the driver would wait for ever (our patch)', async () => {
  const socket = new Socket();
  const connection = new Connection(socket, { id: 1, generation: 0, hostAddress: 'store:27017' });
  socket.destroy();
  expect(connection.closed, 'closing is told by an event that is yet to come').toBe(false);

  await expect(connection.command({ db: 'admin' }, { hello: 1 })).rejects.toThrow(/^connection 1 to \S+ closed$/);
});
