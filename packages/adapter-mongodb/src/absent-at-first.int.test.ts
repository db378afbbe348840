import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { openMongoViewStore } from './mongo-view-store.ts';
import { databaseUnderTest } from './under-test.ts';

/** A way to the server under test, as one port of 127.0.0.1. */
const passage = (uri: string) => {
  const { hostname, port } = new URL(uri);
  return createServer((client) => {
    const server = connect({ host: hostname, port: Number(port) });
    client.pipe(server).pipe(client);
    for (const [one, other] of [[client, server] as const, [server, client] as const]) one.on('error', () => other.destroy());
  });
};

it('a store that was away when it was first asked is found once it is there', async () => {
  const { uri, ...settings } = databaseUnderTest();
  await using way = passage(uri);
  await once(way.listen(0, '127.0.0.1'), 'listening');
  const { port } = way.address() as AddressInfo;
  await new Promise((closed) => way.close(closed));
  await using store = await openMongoViewStore({ ...settings, uri: `mongodb://127.0.0.1:${port}/`, selectionTimeoutMs: 500 });
  await expect(store.check()).rejects.toMatchObject({ code: 'store-unavailable' });

  await once(way.listen(port, '127.0.0.1'), 'listening');

  await expect.poll(() => store.check().then(() => 'there', String), { timeout: 60_000, interval: 500 }).toBe('there');
});
