import type { EventLog } from '@samenhang/ports';
import { expect, test } from 'vitest';
import { pipelineStatus } from './pipeline-status.ts';
import { createStageCounters } from './stage-counters.ts';

test('the pipeline is settled exactly when no stage has anything left to read', async () => {
  const committed = [3, 5];
  const log = { ends: async () => [3, 5], committed: async () => committed } as unknown as EventLog;
  const stages = [{ counters: createStageCounters('ingest') }, { counters: createStageCounters('enrich'), reads: 'signals.received' }];

  expect((await pipelineStatus(log, stages)).settled).toBe(true);
  committed[1] = 2;

  expect(await pipelineStatus(log, stages)).toMatchObject({
    settled: false,
    stages: [
      { name: 'ingest', lag: 0 },
      { name: 'enrich', lag: 3 },
    ],
  });
});

test('what stands aside shows what it has left and never keeps the pipeline from being settled', async () => {
  const log = { ends: async () => [3], committed: async () => [1] } as unknown as EventLog;
  const stages = [{ counters: createStageCounters('notify-ops'), reads: 'incidents.changed', aside: true }];

  expect(await pipelineStatus(log, stages)).toMatchObject({ settled: true, stages: [{ name: 'notify-ops', lag: 2 }] });
});
