import { describe, expect, it } from 'vitest';
import { tellingCounters, tellingReadiness } from './reporting.ts';
import type { ThreadReport } from './thread-message.ts';

describe('what a thread tells', () => {
  it('names the stage with every count', () => {
    const told: ThreadReport[] = [];
    const tally = { received: 3, sent: 1, dropped: new Map([['test', 1]]), rejected: new Map([['message-undecodable', 1]]) };

    tellingCounters('enrich', (report) => told.push(report)).add(tally);

    expect(told).toEqual([{ kind: 'tally', stage: 'enrich', tally }]);
  });

  it('tells that something stands in the way once, however often it is said', () => {
    const told: ThreadReport[] = [];
    const readiness = tellingReadiness((report) => told.push(report));

    readiness.clear('log');
    readiness.block('log', 'no space');
    readiness.block('log', 'no space');
    readiness.block('log', 'no file');
    readiness.clear('log');
    readiness.clear('log');

    expect(told).toEqual([
      { kind: 'blocked', name: 'log', cause: 'no space' },
      { kind: 'blocked', name: 'log', cause: 'no file' },
      { kind: 'cleared', name: 'log' },
    ]);
  });
});
