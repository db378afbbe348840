import { createReadiness, type Readiness, type StageCounters, type Tally } from '@samenhang/runtime';
import type { ThreadReport } from './thread-message.ts';

type Post = (report: ThreadReport) => void;

/** Counters of a stage that tell what they count instead of keeping it. */
export function tellingCounters(stage: string, post: Post): Pick<StageCounters, 'add'> {
  return { add: (tally: Tally) => post({ kind: 'tally', stage, tally }) };
}

/** A readiness that tells when something comes to stand in the way, when its cause changes, and when it is gone. */
export function tellingReadiness(post: Post): Readiness {
  const own = createReadiness();
  const causeOf = (name: string): string | undefined => own.causes().find((each) => each.name === name)?.cause;
  return {
    block(name, cause) {
      if (causeOf(name) === cause) return;
      own.block(name, cause);
      post({ kind: 'blocked', name, cause });
    },
    clear(name) {
      if (causeOf(name) === undefined) return;
      own.clear(name);
      post({ kind: 'cleared', name });
    },
    causes: () => own.causes(),
  };
}
