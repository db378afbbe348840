import { availableParallelism, cpus, totalmem } from 'node:os';

/** One figure, next to what it is measured against in the same run. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is compared with, in the same unit; absent when there is nothing sensible. */
  readonly baseline?: number;
  readonly ratio?: number;
  readonly note?: string;
}

/** A row with its ratio to the baseline. */
export const compared = (row: Omit<BenchRow, 'ratio'> & { readonly baseline: number }): BenchRow => ({
  ...row,
  ratio: row.value / row.baseline,
});

/** What the figures were measured on. */
export const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
});

const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value >= 1 ? value.toFixed(1) : value.toFixed(3);

/** The rows as a table for people. */
export function tableOf(rows: readonly BenchRow[]): string {
  const cells = rows.map(({ name, value, unit, baseline, ratio, note }) => [
    name,
    shown(value),
    unit,
    baseline === undefined ? '' : shown(baseline),
    ratio === undefined ? '' : ratio.toFixed(2),
    note ?? '',
  ]);
  const head = ['what', 'value', 'unit', 'baseline', 'ratio', ''];
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) =>
        column === 0 || column === 2 || column === 5 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(head), ...cells.map(line)].join('\n');
}
