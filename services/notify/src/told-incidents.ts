import { compareTlp } from '@samenhang/domain';
import type { IncidentChanged } from '@samenhang/events';

/** Whether a change is told, and if not why. */
export type Verdict = 'tell' | 'above-amber' | 'too-small' | 'never-told';

/** Which incidents somebody has been told of: a function of the changes alone, in their order. */
export interface ToldIncidents {
  /** To be called once per change, in order. */
  decide(change: IncidentChanged): Verdict;
}

/**
 * Tells of incidents of so many members and, once told of, also when they get smaller or end; never of one that is marked above TLP amber, which may not
 * leave: not even that it ended.
 */
export function createToldIncidents(minSize: number): ToldIncidents {
  const told = new Set<string>();
  return {
    decide({ id, summary }) {
      if (summary === null) return told.delete(id) ? 'tell' : 'never-told';
      if (compareTlp(summary.marking.tlp, 'amber') > 0) {
        told.delete(id);
        return 'above-amber';
      }
      if (summary.size < minSize) return told.has(id) ? 'tell' : 'too-small';
      told.add(id);
      return 'tell';
    },
  };
}
