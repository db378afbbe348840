/** A consumer's right to act for its group: it ends when the group has not confirmed the member for a session timeout, as after SIGSTOP. */
export interface Lease {
  renew(): void;
  release(): void;
  /** True while held and not run out; also true while nothing is held. */
  valid(): boolean;
}

/** A lease on a clock in milliseconds that also runs while the process is stopped. */
export function createLease(durationMs: number, nowMs: () => number): Lease {
  let until: number | undefined;
  return {
    renew() {
      until = nowMs() + durationMs;
    },
    release() {
      until = undefined;
    },
    valid: () => until === undefined || nowMs() < until,
  };
}
