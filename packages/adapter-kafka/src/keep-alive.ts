export interface KeepAliveOptions {
  readonly everyMs: number;
  readonly deadlineMs: number;
  heartbeat(): Promise<void>;
  /** Called once when the work has not ended by the deadline; heartbeats stop, so that the group can pass the partition on. */
  late(): void;
}

/** Runs the work while the group is told that we live; gives what the work gives. A heartbeat that fails is told by the next one after the work. */
export async function keepAlive<T>(options: KeepAliveOptions, work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => {
    options.heartbeat().catch(() => clearInterval(beat));
  }, options.everyMs);
  const deadline = setTimeout(() => {
    clearInterval(beat);
    options.late();
  }, options.deadlineMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    clearTimeout(deadline);
  }
}
