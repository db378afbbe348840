import { anEnrichment, anyCorrelationInputs, type ToldInput } from '@samenhang/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LiveSignals } from './live-signals.ts';

function shownAfter(inputs: readonly ToldInput[], ids: readonly string[]): readonly unknown[] {
  const live = new LiveSignals();
  for (const input of inputs) {
    if (input.kind === 'signal') live.receive(input.signal, anEnrichment(), 0);
    if (input.kind === 'withdrawal') live.withdraw(input.id, input.revision);
  }
  return ids.map((id) => live.find(id));
}

describe('live signals', () => {
  test('law: what is shown in the end does not depend on the order or number of deliveries', () => {
    const orders = anyCorrelationInputs().chain((inputs) =>
      fc.tuple(
        fc.constant(inputs),
        fc.shuffledSubarray([...inputs, ...inputs.slice(0, 5)], { minLength: inputs.length + Math.min(5, inputs.length) }),
      ),
    );
    fc.assert(
      fc.property(orders, ([inputs, shuffled]) => {
        const ids = inputs.flatMap((input) => (input.kind === 'signal' ? [input.signal.id] : []));

        expect(shownAfter(shuffled, ids)).toEqual(shownAfter(inputs, ids));
      }),
    );
  });
});
