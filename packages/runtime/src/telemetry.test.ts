import { describe, expect, test } from 'vitest';
import type { Step } from './step.ts';
import { processBatch } from './step-batch.ts';
import { carriedTrace, createTracer, startTelemetry, type Tracer, withTrace } from './telemetry.ts';

describe('a trace', () => {
  test('passes through a process that does not trace itself, and other headers do not', () => {
    const { headers } = createTracer().request('POST', '/v1/signals', {
      traceparent: '00-a-b-01',
      tracestate: 'x=1',
      authorization: 'Bearer hush',
    });

    expect(headers).toEqual({ traceparent: '00-a-b-01', tracestate: 'x=1' });
  });

  test('is not carried when it is not printable text', () => {
    expect(carriedTrace({ traceparent: '00-a\r\nx: y' })).toEqual({});
  });

  test('is added to records without changing what they say', () => {
    const records = [{ key: 'k', value: 1, headers: { own: 'h' } }];

    expect(withTrace(records, { traceparent: 't' })).toEqual([{ key: 'k', value: 1, headers: { own: 'h', traceparent: 't' } }]);
    expect(withTrace(records, {})).toBe(records);
  });

  test('ends as failed where the step fails', async () => {
    const ended: string[] = [];
    const tracer: Tracer = { ...createTracer(), message: () => ({ headers: {}, end: (outcome) => void ended.push(outcome) }) };
    const step: Step<unknown> = {
      name: 'failing',
      reads: 'in',
      accepts: (value): value is unknown => value !== undefined,
      handle() {
        throw new TypeError('broken');
      },
    };
    const record = { topic: 'in', partition: 0, offset: 0, key: '', value: 1, headers: {}, timestampMs: 0, bytes: () => Buffer.alloc(0) };

    await expect(processBatch(step, [record], tracer)).rejects.toThrow('broken');

    expect(ended).toEqual(['failed']);
  });

  test('needs no SDK: without an exporter in the environment none is started', async () => {
    await using _telemetry = await startTelemetry('test', { OTEL_TRACES_EXPORTER: 'none' });

    expect(createTracer().request('GET', '/', {}).headers).toEqual({});
  });
});
