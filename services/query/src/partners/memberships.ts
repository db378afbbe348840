/** Which signals are in which incident, as changes of incidents tell it. */
export interface Memberships {
  /** Who joined an incident is in no other; who left one that it is in is in none. */
  change(incident: string, joined: readonly string[], left: readonly string[]): void;
  of(incident: string): readonly string[];
}

export function createMemberships(): Memberships {
  const members = new Map<string, Set<string>>();
  const incidentOf = new Map<string, string>();

  function take(signal: string): void {
    const from = incidentOf.get(signal);
    if (from === undefined) return;
    const set = members.get(from);
    set?.delete(signal);
    if (set?.size === 0) members.delete(from);
    incidentOf.delete(signal);
  }

  return {
    change(incident, joined, left) {
      for (const signal of joined) {
        take(signal);
        incidentOf.set(signal, incident);
        const set = members.get(incident);
        if (set === undefined) members.set(incident, new Set([signal]));
        else set.add(signal);
      }
      for (const signal of left) if (incidentOf.get(signal) === incident) take(signal);
    },
    of: (incident) => [...(members.get(incident) ?? [])],
  };
}
