import { expect, it } from 'vitest';
import { topicPlan } from './topic-plan.ts';

it('gives each audience a partition of its own, and every topic a place for what could not be handled', () => {
  const plan = new Map(topicPlan(3).map(({ name, partitions }) => [name, partitions]));

  expect(plan.get('correlation.inputs')).toBe(3);
  expect(plan.get('incidents.changed')).toBe(3);
  expect(plan.get('signals.received')).toBe(4);
  expect(plan.get('correlation.inputs.rejected')).toBe(1);
});
