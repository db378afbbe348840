import { connect, createServer, type Socket } from 'node:net';
import { createRequestCutter, isOffsetCommit } from './kafka-requests.ts';

/** What the proxy does to what passes: nothing, keeps it (a black hole), or delays it. */
export type Fault = { readonly kind: 'none' } | { readonly kind: 'black-hole' } | { readonly kind: 'latency'; readonly ms: number };

/** A TCP proxy before a server of 127.0.0.1 that does what networks do. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  set(fault: Fault): void;
  /** Ends every open connection with a reset. */
  reset(): void;
  /** Ends the next connection that has carried so many bytes from the server, in the middle of an answer. */
  cutAfter(bytes: number): void;
  /** Before a Kafka broker: the next so many commits of offsets do not arrive, and end the connection that they came over. */
  loseCommits(count: number): void;
  /** How many commits were lost so far. */
  lostCommits(): number;
}

export interface FaultProxySettings {
  readonly port: number;
  readonly targetPort: number;
  /** True before a Kafka broker: only then can it lose commits. */
  readonly kafka?: boolean;
}

/** Starts the proxy on a port; the server may come and go behind it. */
export async function startFaultProxy({ port, targetPort, kafka = false }: FaultProxySettings): Promise<FaultProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let fault: Fault = { kind: 'none' };
  let cutAt: number | undefined;
  let [toLose, lost] = [0, 0];

  /** Tells whether what a client sends completes a commit that is to be lost. */
  const commitLoser = (): ((chunk: Buffer) => boolean) => {
    const cut = createRequestCutter();
    return (chunk) => {
      if (!cut(chunk).some(isOffsetCommit) || toLose === 0) return false;
      toLose--;
      lost++;
      return true;
    };
  };

  const pass = (from: Socket, to: Socket, counted: boolean): void => {
    let carried = 0;
    const losesCommit = kafka && !counted ? commitLoser() : () => false;
    from.on('data', (chunk: Buffer) => {
      if (losesCommit(chunk)) {
        from.resetAndDestroy();
        to.destroy();
        return;
      }
      if (fault.kind === 'black-hole') return;
      carried += chunk.length;
      if (counted && cutAt !== undefined && carried > cutAt) {
        cutAt = undefined;
        to.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => to.resetAndDestroy());
        from.destroy();
        return;
      }
      if (fault.kind === 'latency') setTimeout(() => to.writable && to.write(chunk), fault.ms);
      else to.write(chunk);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  };

  const server = createServer((client) => {
    const target = connect({ host: '127.0.0.1', port: targetPort });
    const pair = [client, target] as const;
    pairs.add(pair);
    client.on('close', () => pairs.delete(pair));
    pass(client, target, false);
    pass(target, client, true);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
  return {
    port,
    set(next) {
      fault = next;
    },
    reset() {
      for (const [client, target] of pairs) {
        client.resetAndDestroy();
        target.destroy();
      }
    },
    cutAfter(bytes) {
      cutAt = bytes;
    },
    loseCommits(count) {
      toLose = count;
    },
    lostCommits: () => lost,
    async [Symbol.asyncDispose]() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
