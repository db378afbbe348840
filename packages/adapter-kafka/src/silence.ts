/** Watches for a consumer that neither fails nor is heard of any more. */
export interface SilenceWatch extends Disposable {
  /** To be called at every sign of life. */
  heard(): void;
  /** Rejects once nothing was heard for the whole length; never resolves. */
  readonly tooLong: Promise<never>;
}

/** Starts watching; silence counts from now. */
export function watchSilence(lengthMs: number, what: string): SilenceWatch {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const timer = setTimeout(() => reject(new Error(`${what} was not heard of for ${lengthMs} ms`)), lengthMs);
  return {
    heard: () => void timer.refresh(),
    tooLong: promise,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
