/** Gives the instants at which signals are received. */
export interface ReceiptClock {
  /** An ISO 8601 instant in microseconds, later than every one given before and than every one it was told of. */
  next(): string;
  /** From here on nothing at or before this instant is given. */
  notBefore(receivedAt: string): void;
}

const parse = (receivedAt: string): number => Date.parse(`${receivedAt.slice(0, 23)}Z`) * 1_000 + Number(receivedAt.slice(23, 26));

/** Follows the wall clock as long as it rises; when that stands still or goes back, it counts microseconds on from the last instant. */
export function createReceiptClock(nowMs: () => number): ReceiptClock {
  let last = 0;
  let written = { ms: Number.NaN, text: '' };
  /** Instants come in runs of one millisecond, whose text is the same but for its end. */
  const format = (micros: number): string => {
    const ms = Math.floor(micros / 1_000);
    if (written.ms !== ms) written = { ms, text: new Date(ms).toISOString().slice(0, -1) };
    return `${written.text}${String(micros % 1_000).padStart(3, '0')}Z`;
  };
  return {
    next() {
      last = Math.max(nowMs() * 1_000, last + 1);
      return format(last);
    },
    notBefore(receivedAt) {
      last = Math.max(last, parse(receivedAt));
    },
  };
}
