import { describeError } from './errors.ts';
import type { Readiness } from './readiness.ts';

/** Asks each thing outside, every so often, whether it can work now; readiness says which cannot and why, until it can again. */
export function watchHealth(readiness: Readiness, checks: Readonly<Record<string, () => Promise<void>>>, everyMs = 2_000): Disposable {
  let asking = false;
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    await Promise.all(
      Object.entries(checks).map(([name, check]) =>
        check().then(
          () => readiness.clear(name),
          (error: unknown) => readiness.block(name, describeError(error)),
        ),
      ),
    );
    asking = false;
  };
  const timer = setInterval(ask, everyMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
