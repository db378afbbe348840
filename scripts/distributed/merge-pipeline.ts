import { PipelineStatus } from '../../packages/runtime/src/index.ts';

const sample = /^samenhang_messages_total\{(.*)\} (\d+)$/;
const label = (labels: string, name: string): string => new RegExp(`${name}="([^"]*)"`).exec(labels)?.[1] ?? '';

/** What every process counted for a stage and outcome, added up. */
function countsOf(texts: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const line of text.split('\n')) {
      const [, labels = '', value = '0'] = sample.exec(line) ?? [];
      if (labels === '') continue;
      const key = `${label(labels, 'stage')} ${label(labels, 'outcome')}`;
      counts.set(key, (counts.get(key) ?? 0) + Number(value));
    }
  }
  return counts;
}

/** The state of the pipeline as query tells it, with what the processes of each stage counted: a process by itself knows only its own. */
export function withCounts(told: unknown, metrics: ReadonlyMap<string, string>): PipelineStatus {
  const status = PipelineStatus.parse(told);
  const counts = countsOf(metrics.values());
  const stages = status.stages.map((stage) => {
    const of = (outcome: string): number => counts.get(`${stage.name} ${outcome}`) ?? 0;
    const [sent, dropped, rejected] = [of('sent'), of('dropped'), of('rejected')];
    return { ...stage, received: sent + dropped + rejected, sent, dropped, rejected };
  });
  return { ...status, stages };
}
