import { rejectedTopic } from '@samenhang/events';
import type { DeliveredRecord, EventLog, LogRecord, Subscription } from '@samenhang/ports';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ServiceError } from './errors.ts';
import { createLogger } from './logger.ts';
import { createReadiness } from './readiness.ts';
import { RejectedMessage } from './rejected-message.ts';
import { type RunStepOptions, runStep } from './run-step.ts';
import { createStageCounters } from './stage-counters.ts';
import { drop, kept, type Outcome, reject, type Step, send } from './step.ts';

type Message = { readonly does: 'send' | 'drop' | 'reject' | 'keep' | 'throw' | 'world'; readonly n: number };

const isMessage = (value: unknown): value is Message => typeof value === 'object' && value !== null && 'does' in value;

const aRecord = (value: unknown, offset: number, headers = {}): DeliveredRecord => ({
  topic: 'in',
  partition: 0,
  offset,
  key: `k${offset}`,
  value: value as DeliveredRecord['value'],
  headers,
  timestampMs: 1,
  bytes: () => Buffer.from(JSON.stringify(value) ?? 'not JSON'),
});

/** Runs a step on batches that are given by hand; `appended` is what was appended, `failing` has appends fail. */
async function run(step: Step<Message>, more: Partial<RunStepOptions> = {}) {
  const appended = new Map<string, LogRecord[]>();
  const world = { failing: false };
  let subscription: Subscription | undefined;
  const log = {
    async append(topic: string, records: readonly LogRecord[]) {
      if (world.failing) throw new ServiceError('log-unavailable', 'no log');
      appended.set(topic, [...(appended.get(topic) ?? []), ...records]);
      return [];
    },
    async subscribe(given: Subscription) {
      subscription = given;
      return { [Symbol.asyncDispose]: async () => undefined };
    },
  } as unknown as EventLog;
  const counters = createStageCounters(step.name);
  await runStep(step, { log, logger: createLogger('test', 'silent'), counters, ...more });
  const deliver = async (batch: readonly DeliveredRecord[]): Promise<void> => {
    try {
      await subscription?.handle(batch);
    } catch (error) {
      subscription?.failed?.(error);
      throw error;
    }
  };
  const rejected = () => (appended.get(rejectedTopic('in')) ?? []).map(({ value }) => RejectedMessage.parse(value));
  return { appended, world, counters, deliver, rejected, sent: () => appended.get('out') ?? [] };
}

function outcomeOf({ does, n }: Message): Outcome {
  if (does === 'throw') throw new TypeError(`cannot read ${n}`);
  if (does === 'world') throw new ServiceError('store-unavailable', 'no store');
  if (does === 'drop') return drop('useless');
  if (does === 'reject') return reject('wrong', 'It is wrong.');
  return does === 'keep' ? kept() : send('out', [{ key: `${n}`, value: { n } }]);
}

const aStep = (more: Partial<Step<Message>> = {}): Step<Message> => ({
  name: 'test-step',
  reads: 'in',
  accepts: isMessage,
  handle: outcomeOf,
  ...more,
});

describe('running a step', () => {
  test('keeps a rejected message with its cause, bytes, key, headers and place', async () => {
    const { deliver, rejected } = await run(aStep());

    await deliver([aRecord({ does: 'reject', n: 1 }, 7, { traceparent: '00-1-2-01' })]);

    const [message] = rejected();
    expect(message).toMatchObject({
      id: 'test-step.0.7',
      code: 'wrong',
      detail: 'It is wrong.',
      at: { topic: 'in', partition: 0, offset: 7 },
      key: 'k7',
      headers: { traceparent: '00-1-2-01' },
    });
    expect(Buffer.from(message?.bytes ?? '', 'base64').toString()).toBe('{"does":"reject","n":1}');
  });

  test('rejects what is not a message of the topic', async () => {
    const { deliver, rejected, sent } = await run(aStep());

    await deliver([aRecord(undefined, 0), aRecord({ does: 'send', n: 1 }, 1)]);

    expect(rejected().map(({ code }) => code)).toEqual(['message-undecodable']);
    expect(sent()).toHaveLength(1);
  });

  test('puts aside only the message on which the step itself fails', async () => {
    const abandoned: number[] = [];
    const { deliver, rejected, sent, counters } = await run(aStep({ abandon: (partition) => void abandoned.push(partition) }));

    await deliver([aRecord({ does: 'send', n: 1 }, 0), aRecord({ does: 'throw', n: 2 }, 1), aRecord({ does: 'send', n: 3 }, 2)]);

    expect(sent().map(({ value }) => value)).toEqual([{ n: 1 }, { n: 3 }]);
    expect(rejected().map(({ code, detail }) => [code, detail])).toEqual([['step-failed', 'cannot read 2']]);
    expect(abandoned.length).toBeGreaterThan(0);
    expect(counters.counts()).toMatchObject({ received: 3, sent: 2, dropped: 0, rejected: 1 });
  });

  test('stays ready while a step that stands aside cannot go on', async () => {
    const readiness = createReadiness();
    const { deliver } = await run(aStep({ aside: true }), { readiness });

    await expect(deliver([aRecord({ does: 'world', n: 1 }, 0)])).rejects.toThrow('no store');

    expect(readiness.causes()).toEqual([]);
  });

  test('commits nothing while the world fails, says so in readiness, and takes it back', async () => {
    const readiness = createReadiness();
    const { deliver, world, sent, counters } = await run(aStep(), { readiness });
    world.failing = true;
    const batch = [aRecord({ does: 'send', n: 1 }, 0)];

    await expect(deliver(batch)).rejects.toThrow('no log');
    expect(readiness.causes()).toEqual([{ name: 'step test-step', cause: 'no log' }]);
    expect(counters.counts().received).toBe(0);
    world.failing = false;
    await deliver(batch);

    expect(sent()).toHaveLength(1);
    expect(readiness.causes()).toEqual([]);
  });

  test('stops instead of rejecting everything when the step fails on every message', async () => {
    const fatal: unknown[] = [];
    const { deliver, rejected } = await run(aStep(), { onFatal: (error) => void fatal.push(error) });
    const batch = Array.from({ length: 100 }, (_, offset) => aRecord({ does: 'throw', n: offset }, offset));

    await expect(deliver(batch)).rejects.toThrow(TypeError);

    expect(fatal).toHaveLength(1);
    expect(rejected().length).toBeLessThan(20);
  });

  test('appends what a batch as a whole gives, once, after its messages', async () => {
    const { deliver, sent } = await run(
      aStep({ finish: async ({ nextOffset }) => [{ topic: 'out', records: [{ key: 'end', value: { nextOffset } }] }] }),
    );

    await deliver([aRecord({ does: 'send', n: 1 }, 4), aRecord({ does: 'keep', n: 2 }, 5)]);

    expect(sent().map(({ value }) => value)).toEqual([{ n: 1 }, { nextOffset: 6 }]);
  });

  test('passes the trace of a message on to what follows from it', async () => {
    const { deliver, sent } = await run(aStep());

    await deliver([aRecord({ does: 'send', n: 1 }, 0, { traceparent: '00-a-b-01', other: 'x' }), aRecord({ does: 'send', n: 2 }, 1)]);

    expect(sent().map(({ headers }) => headers)).toEqual([{ traceparent: '00-a-b-01' }, undefined]);
  });

  test('law: received = sent + dropped + rejected, each with a reason, and what was sent or rejected is on the log (conservation)', async () => {
    const message = fc.record({ does: fc.constantFrom('send', 'send', 'drop', 'reject', 'keep', 'throw', 'unknown'), n: fc.nat() });
    const batches = fc.array(fc.record({ messages: fc.array(message, { minLength: 1, maxLength: 8 }), fails: fc.nat(2) }), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(batches, async (given) => {
        const { deliver, world, counters, rejected, sent, appended } = await run(
          aStep({ accepts: (value): value is Message => isMessage(value) && String(value.does) !== 'unknown' }),
        );
        let offset = 0;
        const all: string[] = [];
        for (const { messages, fails } of given) {
          const batch = messages.map((value) => aRecord(value, offset++));
          world.failing = true;
          for (let time = 0; time < fails; time++) await deliver(batch).catch(() => undefined);
          world.failing = false;
          const before = counters.counts().received;
          await deliver(batch);
          expect(counters.counts().received - before).toBe(batch.length);
          all.push(...messages.map(({ does }) => does));
        }

        const count = (...kinds: readonly string[]): number => all.filter((does) => kinds.includes(does)).length;
        const counts = counters.counts();
        expect(counts.received).toBe(counts.sent + counts.dropped + counts.rejected);
        expect(sent()).toHaveLength(count('send'));
        expect(new Set(rejected().map(({ id }) => id)).size).toBe(count('reject', 'throw', 'unknown'));
        expect([...counts.reasons.values()].reduce((sum, times) => sum + times, 0)).toBe(counts.dropped + counts.rejected);
        expect([...appended.keys()].every((topic) => topic === 'out' || topic === 'in.rejected')).toBe(true);
      }),
    );
  });
});
