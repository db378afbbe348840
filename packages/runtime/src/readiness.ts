/** Whether the process can work now, and if not, why. */
export interface Readiness {
  /** Says that something stands in the way; the same name replaces what it said before. */
  block(name: string, cause: string): void;
  clear(name: string): void;
  /** What stands in the way; empty when it can work. */
  causes(): readonly { readonly name: string; readonly cause: string }[];
}

/** Starts out able to work; block it while starting. */
export function createReadiness(): Readiness {
  const blocked = new Map<string, string>();
  return {
    block: (name, cause) => void blocked.set(name, cause),
    clear: (name) => void blocked.delete(name),
    causes: () => [...blocked].map(([name, cause]) => ({ name, cause })),
  };
}
