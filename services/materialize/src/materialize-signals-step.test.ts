import { topics } from '@samenhang/events';
import type { ViewStore } from '@samenhang/ports';
import { anEnrichment, anyCorrelationInputs, aSignal, type ToldInput } from '@samenhang/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMaterializeSignalsStep } from './materialize-signals-step.ts';
import { anyDelivery, type Delivery, deliver, recordsOf, withStore } from './redelivery.fixture.ts';

const messageOf = ({ position: _position, ...input }: ToldInput) => ({ ...input, audience: 'cell' });
const signalIdsOf = (inputs: readonly ToldInput[]) =>
  [...new Set(inputs.flatMap((input) => (input.kind === 'signal' ? [input.signal.id] : [])))].sort();

async function pictureOf(store: ViewStore, inputs: readonly ToldInput[]) {
  const signals = await store.findSignals('cell', signalIdsOf(inputs));
  const found = await Promise.all(
    ['kestrel-one.org', 'www.kestrel-one.org', 'cargo-two.net'].map((value) =>
      store.findByObservable('cell', { type: 'domain', value }, 100),
    ),
  );
  return { signals, found: found.map((each) => each.map(({ id }) => id)) };
}

const materialized = (inputs: readonly ToldInput[], delivery: Delivery) =>
  withStore(async (store) => {
    const step = createMaterializeSignalsStep({ store, now: () => 0 });
    await deliver(step, recordsOf(topics.correlationInputs.name, inputs.map(messageOf)), delivery);
    return pictureOf(store, inputs);
  });

describe('materializing signals', () => {
  test('keeps posted and found observables in their one form', async () => {
    const signal = aSignal({ observables: [{ type: 'domain', value: 'Evil[.]Example' }] });
    const enrichment = anEnrichment({ observables: [{ type: 'ipv4', value: '198.51.100.1' }] });

    const { signals } = await withStore(async (store) => {
      const step = createMaterializeSignalsStep({ store, now: () => 0 });
      await deliver(step, recordsOf(topics.correlationInputs.name, [{ kind: 'signal', audience: 'cell', signal, enrichment }]), []);
      return { signals: await store.findByObservable('cell', { type: 'domain', value: 'evil.example' }, 10) };
    });

    expect(signals.map(({ observables }) => observables)).toEqual([
      [
        { type: 'domain', value: 'evil.example' },
        { type: 'ipv4', value: '198.51.100.1' },
      ],
    ]);
    expect(signals[0]?.signal?.observables).toEqual(signal.observables);
  });

  test('law: whatever the batches and the lost commits, the store is the same in the end', async () => {
    await fc.assert(
      fc.asyncProperty(anyCorrelationInputs(25), anyDelivery, async (inputs, delivery) => {
        expect(await materialized(inputs, delivery)).toEqual(await materialized(inputs, []));
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  test('law: a lower revision never takes the place of a higher one, whatever came first', async () => {
    const orders = anyCorrelationInputs(20).chain((inputs) =>
      fc.tuple(fc.constant(inputs), fc.shuffledSubarray([...inputs], { minLength: inputs.length })),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([inputs, shuffled]) => {
        const shown = ({ signals }: Awaited<ReturnType<typeof materialized>>) => signals.map(({ id, revision }) => ({ id, revision }));

        expect(shown(await materialized(shuffled, []))).toEqual(shown(await materialized(inputs, [])));
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});
