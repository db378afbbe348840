/** Label values of one series; closed sets only, never ids. */
export type Labels = Readonly<Record<string, string>>;

interface Family {
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly series: Map<string, number>;
  readonly measured: (() => number)[];
}

export interface Counter {
  add(amount: number): void;
}

/** Counts and measurements of one process, told as Prometheus text (exposition format 0.0.4). */
export interface Metrics {
  counter(name: string, help: string, labels?: Labels): Counter;
  /** Measured when the metrics are asked for. */
  gauge(name: string, help: string, measure: () => number): void;
  text(): string;
}

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const seriesOf = (labels: Labels): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

function textOf(name: string, family: Family): string {
  const lines = [`# HELP ${name} ${family.help}`, `# TYPE ${name} ${family.type}`];
  for (const [series, value] of family.series) lines.push(`${name}${series} ${value}`);
  for (const measure of family.measured) lines.push(`${name} ${measure()}`);
  return lines.join('\n');
}

/** An empty set of metrics; asking twice for one counter gives the same one. */
export function createMetrics(): Metrics {
  const families = new Map<string, Family>();
  const familyOf = (name: string, type: Family['type'], help: string): Family => {
    const known = families.get(name) ?? { type, help, series: new Map(), measured: [] };
    families.set(name, known);
    return known;
  };
  return {
    counter(name, help, labels = {}) {
      const { series } = familyOf(name, 'counter', help);
      const key = seriesOf(labels);
      series.set(key, series.get(key) ?? 0);
      return { add: (amount) => series.set(key, (series.get(key) ?? 0) + amount) };
    },
    gauge(name, help, measure) {
      familyOf(name, 'gauge', help).measured.push(measure);
    },
    text: () => `${[...families].map(([name, family]) => textOf(name, family)).join('\n')}\n`,
  };
}
