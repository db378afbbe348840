import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';
import { createStageCounters } from './stage-counters.ts';

test('metrics tell counts with their labels and measurements as Prometheus text', () => {
  const metrics = createMetrics();
  createStageCounters('enrich', metrics).add({ received: 3, sent: 2, dropped: new Map([['no "one"', 1]]), rejected: new Map() });
  metrics.gauge('up', 'It is up', () => 1);

  expect(metrics.text().split('\n')).toEqual([
    '# HELP samenhang_messages_total Messages by stage, outcome and reason',
    '# TYPE samenhang_messages_total counter',
    'samenhang_messages_total{stage="enrich",outcome="sent",reason=""} 2',
    'samenhang_messages_total{stage="enrich",outcome="dropped",reason="no \\"one\\""} 1',
    '# HELP up It is up',
    '# TYPE up gauge',
    'up 1',
    '',
  ]);
});
