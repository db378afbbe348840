/** Those who wait for something to come. */
export interface Waiters {
  /** Wakes everyone who waits now. */
  wake(): void;
  /** Resolves at the next `wake`, or when the signal aborts. */
  next(signal: AbortSignal): Promise<void>;
  /** True when someone waits. */
  any(): boolean;
}

/** Waiting costs nothing until someone wakes it: no timer, no polling. */
export function createWaiters(): Waiters {
  const waiting = new Set<() => void>();
  return {
    wake() {
      const all = [...waiting];
      waiting.clear();
      for (const resolve of all) resolve();
    },
    next(signal) {
      if (signal.aborted) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = (): void => {
        waiting.delete(done);
        resolve();
      };
      const done = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      waiting.add(done);
      signal.addEventListener('abort', stop, { once: true });
      return promise;
    },
    any: () => waiting.size > 0,
  };
}
