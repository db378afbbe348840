import { expect, it } from 'vitest';
import { mergeMetrics } from './merge-metrics.ts';
import { mergeOpenApi, operationsOf } from './merge-openapi.ts';
import { withCounts } from './merge-pipeline.ts';

it('tells every family of metrics once and every sample with its process', () => {
  const text = (value: number): string =>
    `# HELP up Is up\n# TYPE up gauge\nup ${value}\n# HELP seen Seen\n# TYPE seen counter\nseen{stage="enrich"} ${value}\n`;

  const merged = mergeMetrics(
    new Map([
      ['a', text(1)],
      ['b', text(2)],
    ]),
  );

  expect(merged.match(/# TYPE up gauge/g)).toHaveLength(1);
  expect(merged).toContain('up{process="a"} 1\nup{process="b"} 2\n');
  expect(merged).toContain('seen{process="b",stage="enrich"} 2');
});

it('describes the operations of all services in one document, the first one wins', () => {
  const query = {
    info: { title: 'query' },
    paths: { '/v1/incidents': { get: { summary: 'list' } }, '/live': { get: { summary: 'of query' } } },
  };
  const ingest = { info: { title: 'ingest' }, paths: { '/v1/signals': { post: {} }, '/live': { get: { summary: 'of ingest' } } } };

  const merged = mergeOpenApi([query, ingest]);

  expect(operationsOf(merged).toSorted()).toEqual(['GET /live', 'GET /v1/incidents', 'POST /v1/signals']);
  expect(merged.info).toEqual({ title: 'query' });
  expect(merged.paths).toMatchObject({ '/live': { get: { summary: 'of query' } } });
});

it('adds up what the processes of a stage counted, so that received is sent, dropped and rejected', () => {
  const told = { settled: true, stages: [{ name: 'enrich', received: 0, sent: 0, dropped: 0, rejected: 0, lag: 0 }] };
  const counted = (sent: number): string =>
    `samenhang_messages_total{stage="enrich",outcome="sent",reason=""} ${sent}\nsamenhang_messages_total{stage="enrich",outcome="dropped",reason="no-audience"} 1\n`;

  const status = withCounts(
    told,
    new Map([
      ['enrich-1', counted(3)],
      ['enrich-2', counted(4)],
      ['query-1', ''],
    ]),
  );

  expect(status).toEqual({ settled: true, stages: [{ name: 'enrich', received: 9, sent: 7, dropped: 2, rejected: 0, lag: 0 }] });
});
