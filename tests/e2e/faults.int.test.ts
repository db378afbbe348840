import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBackends } from '@samenhang/backends';
import { createCorrelateStep } from '@samenhang/correlate';
import { createCorrelator, defaultRuleset } from '@samenhang/correlation';
import { createLogger, createStageCounters, defaultAudiences, runStep } from '@samenhang/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/servers/free-port.ts';
import { startLocalKafka } from '../../scripts/servers/local-kafka.ts';
import { startLocalMongo } from '../../scripts/servers/local-mongo.ts';
import type { RunningServer } from '../../scripts/servers/server-process.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { type RunningService, startRunningService } from './running-service.ts';
import { createServiceClient, type ServiceClient } from './service-client.ts';

// A distributed run on a real broker and store, with a proxy of ours before both. Every fault strikes while
// signals are posted; afterwards the incidents are byte-equal to those of an embedded run that met no fault, so nothing is lost and nothing counts twice.

const perFault = 20;
const settleMs = 400_000;

/** How often correlators join and leave in the storm, and for how long: two minutes with SAMENHANG_LONG=1. */
const stormEveryMs = 2_000;
const long = process.env.SAMENHANG_LONG === '1';
const stormMs = long ? 120_000 : 24_000;

/** How long an engine is stopped: a minute with SAMENHANG_LONG=1. */
const stoppedMs = long ? 60_000 : 20_000;

const aSignal = (number: number) => ({
  source: `post-${number % 7}`,
  externalId: `fault-${number}`,
  sourceType: (['embassy', 'ras', 'sector'] as const)[number % 3],
  title: `Report ${number} on host${number % 23}.example`,
  text: `Seen from 198.51.100.${number % 19}, again with host${(number * 5) % 23}.example.`,
  observedAt: `2026-0${1 + (number % 6)}-1${number % 9}T0${number % 10}:00:00Z`,
  observables: [
    { type: 'domain', value: `host${number % 23}.example` },
    { type: 'ipv4', value: `198.51.100.${number % 19}` },
  ],
  marking: { tlp: (['clear', 'green', 'amber'] as const)[number % 3] },
});

type Batch = readonly ReturnType<typeof aSignal>[];

interface World {
  readonly directory: string;
  readonly brokerProxy: FaultProxy;
  readonly storeProxy: FaultProxy;
  readonly ports: { readonly broker: number; readonly store: number };
  broker: RunningServer;
  store: RunningServer;
  service: RunningService;
}

const faults = [
  'no fault',
  'broker killed',
  'broker stopped',
  'store killed',
  'store stopped',
  'connections reset, cut in the middle and delayed',
  'black hole for 10 s',
  'poison message',
  'service killed',
  'broker stopped at the start',
  'store stopped at the start',
  'correlator killed',
  'zombie correlator',
  'commits lost after their effect',
  'rebalance storm',
] as const;

const batchOf = (fault: (typeof faults)[number]): Batch => {
  const from = faults.indexOf(fault) * perFault;
  return Array.from({ length: perFault }, (_none, at) => aSignal(from + at));
};

/** The incidents of an embedded run after each batch. */
async function calmRun(): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'samenhang-calm-'));
  const service = await startRunningService({ data: directory });
  const client = createServiceClient(directory, () => service.url);
  const after: string[] = [];
  for (const fault of faults) {
    await client.post(batchOf(fault));
    await client.settled(settleMs);
    after.push(await client.incidents());
  }
  await service.stop();
  rmSync(directory, { recursive: true, force: true });
  return after;
}

const startBroker = ({ directory, ports, proxy }: { readonly directory: string; readonly ports: World['ports']; readonly proxy: number }) =>
  startLocalKafka({ directory: join(directory, 'kafka'), port: ports.broker, advertisedPort: proxy });
const startStore = ({ directory, ports }: Pick<World, 'directory' | 'ports'>) =>
  startLocalMongo({ directory: join(directory, 'mongo'), port: ports.store });

async function openWorld(): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'samenhang-faults-'));
  const ports = { broker: await freePort(), store: await freePort() };
  const brokerProxy = await startFaultProxy({ port: await freePort(), targetPort: ports.broker, kafka: true });
  const storeProxy = await startFaultProxy({ port: await freePort(), targetPort: ports.store });
  const [broker, store] = await Promise.all([startBroker({ directory, ports, proxy: brokerProxy.port }), startStore({ directory, ports })]);
  const service = await startRunningService({ data: directory, engines: enginesOf({ brokerProxy, storeProxy }) });
  return { directory, brokerProxy, storeProxy, ports, broker, store, service };
}

const enginesOf = ({ brokerProxy, storeProxy }: Pick<World, 'brokerProxy' | 'storeProxy'>) => ({
  brokers: `127.0.0.1:${brokerProxy.port}`,
  mongodbUri: `mongodb://127.0.0.1:${storeProxy.port}/`,
});

const settingsOf = (world: World) => {
  const { brokers, mongodbUri } = enginesOf(world);
  return { kafkaBrokers: brokers, mongodbUri };
};

/** One more correlator in the group, in this process: it takes audiences over from the others and gives them back when it is disposed. */
async function joinCorrelators(engines: ReturnType<typeof settingsOf>, data: string): Promise<AsyncDisposable> {
  const resources = new AsyncDisposableStack();
  const { log } = resources.use(await openBackends({ data, ...engines }));
  const step = createCorrelateStep({ audiences: defaultAudiences, log, createCorrelator: () => createCorrelator(defaultRuleset) });
  const logger = createLogger('storm', 'silent');
  resources.use(await runStep(step, { log, logger, counters: createStageCounters(step.name) }));
  return resources;
}

describe('faults on real engines', () => {
  let calm: readonly string[];
  let world: World;
  let client: ServiceClient;
  const table: string[] = [];

  beforeAll(async () => {
    calm = await calmRun();
    world = await openWorld();
    client = createServiceClient(world.directory, () => world.service.url);
  }, 900_000);

  afterAll(async () => {
    console.info(['fault | accepted twice | equal to the calm run | seconds from healed to settled', ...table].join('\n'));
    await world?.service.stop();
    await Promise.all([world?.broker.stop(), world?.store.stop()]);
    await world?.brokerProxy[Symbol.asyncDispose]();
    await world?.storeProxy[Symbol.asyncDispose]();
    if (world !== undefined) rmSync(world.directory, { recursive: true, force: true });
  }, 120_000);

  /** Posts the fault's signals, in small requests, while the fault strikes; then everything must be there once, as in the calm run. */
  async function survives(fault: (typeof faults)[number], strike: () => Promise<void>, everyMs: number): Promise<void> {
    const batch = batchOf(fault);
    const feed = async (): Promise<void> => {
      for (let at = 0; at < batch.length; at += 4) {
        await client.post(batch.slice(at, at + 4));
        await sleep(everyMs);
      }
    };
    const feeding = feed();
    await sleep(300);
    await strike();
    const healed = performance.now();
    await feeding;
    await client.settled(settleMs);
    const seconds = ((performance.now() - healed) / 1_000).toFixed(1);
    const again = await client.post(batch);
    const equal = (await client.incidents()) === calm[faults.indexOf(fault)];
    table.push(`${fault} | ${again} | ${equal ? 'yes' : 'NO'} | ${seconds}`);
    expect(again, 'signals that were lost, as they are accepted when posted again').toBe(0);
    expect(await client.incidents()).toBe(calm[faults.indexOf(fault)]);
  }

  const test = (fault: (typeof faults)[number], strike: () => Promise<void>, postEveryMs = 200): void =>
    it(
      `${fault}: nothing lost, nothing doubled`,
      () =>
        survives(fault, strike, postEveryMs).catch((error: unknown) => {
          console.error(readFileSync(world.service.logFile, 'utf8').split('\n').slice(-40).join('\n').slice(-20_000));
          throw error;
        }),
      900_000,
    );

  test('no fault', async () => {
    await sleep(2_000);
    await using backends = await openBackends({ data: world.directory, ...settingsOf(world) });
    const ends = await backends.log.ends('signals.received');
    expect(
      ends.reduce((sum, end) => sum + end, 0),
      'records on the real broker',
    ).toBeGreaterThan(0);
  });

  test('broker killed', async () => {
    world.broker.kill('SIGKILL');
    await world.broker.ended;
    await sleep(2_000);
    world.broker = await startBroker({ ...world, proxy: world.brokerProxy.port });
  });

  test('broker stopped', async () => {
    world.broker.kill('SIGSTOP');
    await sleep(stoppedMs);
    world.broker.kill('SIGCONT');
  });

  test('store killed', async () => {
    world.store.kill('SIGKILL');
    await world.store.ended;
    await sleep(2_000);
    world.store = await startStore(world);
  });

  test('store stopped', async () => {
    world.store.kill('SIGSTOP');
    await sleep(stoppedMs);
    world.store.kill('SIGCONT');
  });

  test('connections reset, cut in the middle and delayed', async () => {
    for (const proxy of [world.brokerProxy, world.storeProxy]) {
      proxy.set({ kind: 'latency', ms: 150 });
      await sleep(2_000);
      proxy.cutAfter(5_000);
      await sleep(2_000);
      proxy.reset();
      await sleep(1_000);
      proxy.set({ kind: 'none' });
    }
  });

  test('black hole for 10 s', async () => {
    for (const proxy of [world.brokerProxy, world.storeProxy]) proxy.set({ kind: 'black-hole' });
    await sleep(10_000);
    for (const proxy of [world.brokerProxy, world.storeProxy]) {
      proxy.set({ kind: 'none' });
      proxy.reset();
    }
  });

  test('poison message', async () => {
    await using backends = await openBackends({
      data: world.directory,
      kafkaBrokers: world.broker.address,
      mongodbUri: world.store.address,
    });
    await backends.log.append('signals.received', [{ key: 'poison', value: { neither: 'a signal' } }]);
    await backends.log.append('incidents.changed', [{ key: 'poison', value: 'nor an incident', partition: 0 }]);
    for (let waited = 0; (await client.rejected()) < 2; waited += 500) {
      if (waited > 120_000) throw new Error('the poison was not put aside');
      await sleep(500);
    }
  });

  test('service killed', async () => {
    await world.service.kill();
    world.service = await startRunningService({ data: world.directory, engines: enginesOf(world) });
  });

  for (const engine of ['broker', 'store'] as const) {
    test(`${engine} stopped at the start`, async () => {
      await world.service.kill();
      world[engine].kill('SIGSTOP');
      const started = startRunningService({ data: world.directory, engines: enginesOf(world) });
      await sleep(stoppedMs);
      world[engine].kill('SIGCONT');
      world.service = await started;
    });
  }

  test('correlator killed', async () => {
    for (const pid of world.service.processesOf('correlate')) {
      process.kill(pid, 'SIGKILL');
      await sleep(1_000);
    }
  });

  test('zombie correlator', async () => {
    const all = world.service.processesOf('correlate');
    const zombies = all.slice(0, all.length - 1);
    expect(zombies.length).toBeGreaterThan(0);
    for (const pid of zombies) process.kill(pid, 'SIGSTOP');
    await sleep(60_000);
    for (const pid of zombies) process.kill(pid, 'SIGCONT');
    await sleep(10_000);
  });

  test('commits lost after their effect', async () => {
    world.brokerProxy.loseCommits(12);
    for (let waited = 0; world.brokerProxy.lostCommits() < 12; waited += 200) {
      if (waited > 120_000) throw new Error(`only ${world.brokerProxy.lostCommits()} commits were lost`);
      await sleep(200);
    }
  });

  test(
    'rebalance storm',
    async () => {
      const until = performance.now() + stormMs;
      while (performance.now() < until) {
        await using _member = await joinCorrelators(settingsOf(world), world.directory);
        await sleep(stormEveryMs);
      }
    },
    stormMs / 6,
  );
});
