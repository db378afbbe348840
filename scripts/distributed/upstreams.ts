import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../servers/say.ts';

/** A process that can be asked. */
export interface Upstream {
  readonly name: string;
  readonly service: string;
  readonly port: number;
}

/** Which processes are ready, asked every second. */
export interface Upstreams extends Disposable {
  /** Those of a service that are ready; all of them when none is, so that the answer says why. */
  of(service: string): readonly Upstream[];
  readonly all: readonly Upstream[];
  /** The services of which no process is ready, with what the first of them says. */
  missing(): readonly string[];
  /** Resolves once every process is ready; says what it waits for. */
  everyReady(): Promise<void>;
}

async function causeOf({ name, port }: Upstream): Promise<string | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(10_000) });
    const text = await response.text();
    return response.status === 200 ? undefined : `${name}: ${text.slice(0, 300)}`;
  } catch {
    return `${name}: does not answer`;
  }
}

export function watchUpstreams(all: readonly Upstream[]): Upstreams {
  const causes = new Map<string, string>(all.map(({ name }) => [name, `${name}: starting`]));
  const look = async (): Promise<void> => {
    await Promise.all(
      all.map(async (upstream) => {
        const cause = await causeOf(upstream);
        if (cause === undefined) causes.delete(upstream.name);
        else causes.set(upstream.name, cause);
      }),
    );
  };
  let looking = false;
  const timer = setInterval(async () => {
    if (looking) return;
    looking = true;
    await look();
    looking = false;
  }, 1_000);

  const of = (service: string): readonly Upstream[] => {
    const own = all.filter((upstream) => upstream.service === service);
    const ready = own.filter(({ name }) => !causes.has(name));
    return ready.length === 0 ? own : ready;
  };
  return {
    all,
    of,
    missing: () =>
      [...new Set(all.map(({ service }) => service))].flatMap((service) => {
        const own = all.filter((upstream) => upstream.service === service);
        return own.every(({ name }) => causes.has(name)) ? [causes.get(own[0]?.name ?? '') ?? service] : [];
      }),
    async everyReady() {
      let toldMs = performance.now();
      for (await look(); causes.size > 0; await look()) {
        if (performance.now() - toldMs > 10_000) {
          say(`waiting for ${[...causes.values()].join(' · ')}`);
          toldMs = performance.now();
        }
        await sleep(200);
      }
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
