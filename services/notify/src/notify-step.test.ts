import type { DeliveredRecord } from '@samenhang/ports';
import type { Webhook } from '@samenhang/runtime';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aChange, aWebhook, recordsOf } from './a-change.fixture.ts';
import { createNotifyAgainStep } from './notify-again-step.ts';
import { createNotifyStep } from './notify-step.ts';
import { aReceiver, deliver, isSigned, type Says } from './receiver.fixture.ts';
import { eventIdOf } from './thin-event.ts';

const id = (at: number): string => `00000000-0000-5000-8000-${String(at).padStart(12, '0')}`;
const changes = (count: number) =>
  Array.from({ length: count }, (_, at) => aChange({ id: id(at % 3), batch: { from: at, through: at + 1 } }, { revision: at }));
const neverStops = new AbortController().signal;

interface Given {
  readonly webhook?: Webhook;
  readonly stopping?: AbortSignal;
  readonly known?: readonly DeliveredRecord[];
}

function aStep(outside: ReturnType<typeof aReceiver>['outside'], { webhook = aWebhook(), stopping = neverStops, known = [] }: Given = {}) {
  const log = {
    async *read() {
      yield known;
    },
  };
  return createNotifyStep({ webhook, outside, stopping, log, partition: 0 });
}

describe('telling a webhook', () => {
  test('posts each change once, in order, signed, without what was reported', async () => {
    const webhook = aWebhook();
    const { received, outside } = aReceiver();

    const { tally } = await deliver(aStep(outside, { webhook }), recordsOf(changes(7)));

    expect(received.map(({ body }) => JSON.parse(body).data.revision)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(received.every((each) => isSigned(each, webhook.secret))).toBe(true);
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(changes(7).map(eventIdOf));
    expect(received.some(({ body }) => body.includes('secret title'))).toBe(false);
    expect(tally).toMatchObject({ received: 7, sent: 7 });
  });

  test('drops, with a reason, what is of another audience, too small, above amber or never told', async () => {
    const { received, outside } = aReceiver();
    const given = [
      aChange({ audience: 'other' }),
      aChange({}, { size: 1 }),
      aChange({}, { marking: { tlp: 'red' } }),
      aChange({ summary: null }),
    ];

    const { tally } = await deliver(aStep(outside), recordsOf(given));

    expect(received).toEqual([]);
    expect([...tally.dropped]).toEqual([
      ['other-audience', 1],
      ['too-small', 1],
      ['above-amber', 1],
      ['never-told', 1],
    ]);
  });

  test('puts aside at once what is refused, with the cause, and goes on', async () => {
    const { received, outside } = aReceiver((number) => ({ status: number === 1 ? 410 : 200 }));

    const { rejected, tally } = await deliver(aStep(outside), recordsOf(changes(3)));

    expect(received).toHaveLength(3);
    expect(rejected).toMatchObject([{ id: 'notify-ops.0.0', code: 'webhook-refused', detail: 'It answered with status 410.' }]);
    expect(tally).toMatchObject({ received: 3, sent: 2 });
  });

  test.each<Says>(['unreachable', { status: 503 }, { status: 429 }, { status: 302, headers: { location: 'https://example.net' } }])(
    'tries %o again under the same id, later each time, before anything that follows',
    async (says) => {
      const { received, outside } = aReceiver((number) => (number <= 3 ? says : { status: 200 }));

      const { tally } = await deliver(aStep(outside), recordsOf(changes(2)));

      const [first, second] = changes(2).map(eventIdOf);
      expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([first, first, first, first, second]);
      expect(received.slice(1, 4).map(({ atMs }, at) => atMs - (received[at]?.atMs ?? 0))).toEqual([500, 1_000, 2_000]);
      expect(new Set(received.slice(0, 4).map(({ body }) => body)).size).toBe(1);
      expect(tally).toMatchObject({ received: 2, sent: 2 });
    },
  );

  test('waits as long as it is asked to, over as many turns as that takes', async () => {
    const { received, outside } = aReceiver((number) =>
      number === 1 ? { status: 503, headers: { 'retry-after': '150' } } : { status: 200 },
    );

    const { failed } = await deliver(aStep(outside), recordsOf(changes(1)));

    expect(received.map(({ atMs }) => atMs)).toEqual([1_000_000, 1_150_000]);
    expect(failed).toBe(2);
  });

  test('gives an event up after its time, and the next one has its own', async () => {
    const { received, outside } = aReceiver((number) => (number < 20 ? 'unreachable' : { status: 200 }));

    const { rejected, tally } = await deliver(aStep(outside, { webhook: aWebhook({ giveUpAfterMinutes: 5 }) }), recordsOf(changes(3)));

    expect(rejected.map(({ code }) => code)).toEqual(['webhook-unavailable']);
    expect(rejected[0]?.detail).toMatch(/^Given up after \d+ attempts\. It could not be reached: fetch failed: connect ECONNREFUSED\.$/);
    const firstEvent = received.filter(({ headers }) => headers['webhook-id'] === received[0]?.headers['webhook-id']);
    expect((firstEvent.at(-1)?.atMs ?? 0) - 1_000_000).toBeLessThanOrEqual(300_000);
    expect(tally).toMatchObject({ received: 3, sent: 2 });
  });

  test('stops at once when the service stops, and commits nothing of the batch', async () => {
    const stopping = new AbortController();
    const { received, outside } = aReceiver((number) => {
      if (number === 2) stopping.abort();
      return number === 2 ? 'unreachable' : { status: 200 };
    });
    const step = aStep(outside, { stopping: stopping.signal });
    const [first, second] = recordsOf(changes(2));
    if (first === undefined || second === undefined) throw new RangeError('two records');

    await step.handle(changes(2)[0] ?? aChange(), first);

    await expect(async () => step.handle(changes(2)[1] ?? aChange(), second)).rejects.toMatchObject({ code: 'webhook-unavailable' });
    expect(received).toHaveLength(2);
  });

  test('knows after a restart what it had told, so that it tells of the end', async () => {
    const { received, outside } = aReceiver();
    const known = recordsOf([aChange(), aChange({ id: id(8) }, { marking: { tlp: 'red' } })]);
    const step = aStep(outside, { known });
    const ends = [aChange({ summary: null }), aChange({ id: id(8), summary: null })];

    await step.assigned?.(0, 2);
    const outcomes = [];
    for (const [at, record] of recordsOf(ends).entries())
      outcomes.push(await step.handle(ends[at] ?? aChange(), { ...record, offset: at + 2 }));

    expect(outcomes).toEqual([{ kind: 'kept' }, { kind: 'dropped', reason: 'never-told' }]);
    expect(received).toHaveLength(1);
  });

  test('law: loses nothing, keeps the order of each incident and posts nothing twice that was taken, however it is answered, cut and committed', async () => {
    const anySays = fc.constantFrom<Says>(
      { status: 200 },
      { status: 204 },
      { status: 404 },
      { status: 500 },
      { status: 302 },
      'unreachable',
    );
    const anyGiven = fc.record({
      says: fc.array(anySays, { maxLength: 40 }),
      sizes: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 }),
      lost: fc.array(fc.boolean(), { maxLength: 12 }),
      count: fc.integer({ min: 1, max: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(anyGiven, async ({ says, sizes, lost, count }) => {
        const { received, outside } = aReceiver((number) => says[number - 1] ?? { status: 200 });

        const { rejected, tally } = await deliver(aStep(outside), recordsOf(changes(count)), { sizes, lost });

        const taken = received.filter((_, at) => {
          const answer = says[at] ?? { status: 200 };
          return answer !== 'unreachable' && answer.status < 300;
        });
        const ids = changes(count).map(eventIdOf);
        const refused = new Set(rejected.map(({ at }) => at.offset));
        expect(taken.map(({ headers }) => headers['webhook-id'])).toEqual(ids.filter((_, at) => !refused.has(at)));
        expect(tally.received).toBe(tally.sent + [...tally.rejected.values()].reduce((sum, each) => sum + each, 0));
        expect(tally.received).toBe(count);
      }),
    );
  });
});

describe('telling a webhook again', () => {
  test('posts what this webhook had not taken, under its id and time, and leaves what is of another', async () => {
    const { received, outside } = aReceiver();
    const retryOf = ['notify-ops.0.7', 'renotify-ops.0.1', 'notify-ops-two.0.7', 'notify-other.0.7'];
    const records = recordsOf(changes(4)).map((record, at) => ({
      ...record,
      headers: { 'samenhang-retry-of': retryOf[at] ?? '', 'samenhang-taken-at': '77000' },
    }));

    const { tally } = await deliver(createNotifyAgainStep({ webhook: aWebhook(), outside, stopping: neverStops }), records);

    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(changes(2).map(eventIdOf));
    expect(received.map(({ body }) => JSON.parse(body).timestamp)).toEqual(Array(2).fill('1970-01-01T00:01:17.000Z'));
    expect([...tally.dropped]).toEqual([['other-webhook', 2]]);
  });
});
