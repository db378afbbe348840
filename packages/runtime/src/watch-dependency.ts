import { describeError } from './errors.ts';
import type { Readiness } from './readiness.ts';

export interface WatchDependencyOptions {
  readonly readiness: Readiness;
  /** What readiness calls it, such as `log`. */
  readonly name: string;
  readonly everyMs?: number;
  /** Rejects with the cause when the dependency does not work now. */
  check(): Promise<void>;
}

/** Keeps readiness true to something outside: red, with the cause, from the first check that fails until the first that does not. One check at a time. */
export function watchDependency({ readiness, name, everyMs = 2_000, check }: WatchDependencyOptions): Disposable {
  let checking = false;
  const look = async (): Promise<void> => {
    if (checking) return;
    checking = true;
    try {
      await check();
      readiness.clear(name);
    } catch (error) {
      readiness.block(name, describeError(error));
    } finally {
      checking = false;
    }
  };
  const timer = setInterval(look, everyMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
