import type { ObjectGraph } from './object-graph.ts';
import { activities, containers, isEvidence, isShared } from './roles.ts';
import type { StixObject } from './stix-object.ts';

/** Ways through the graph from an object to what belongs to it, with a limit on all steps together. */
export interface ObjectWalk {
  /** What a report refers to, what that refers to in turn, and the evidence that is related to the report or to what it holds. */
  membersOfContainer(object: StixObject): readonly string[];
  /** What an activity is related to, and the evidence that is related to that. */
  around(id: string): readonly string[];
  /** True when the limit was reached; what was given then is incomplete. */
  exhausted(): boolean;
}

/** Walks a graph; stops giving when more than `limit` objects were visited in all, so that time and memory stay linear. */
export function createWalk(graph: ObjectGraph, limit: number): ObjectWalk {
  let left = limit;
  const typeOf = (id: string): string => graph.objects.get(id)?.type ?? '';
  const take = <T>(items: readonly T[]): readonly T[] => {
    left -= items.length;
    return left < 0 ? [] : items;
  };
  const neighbourIds = (id: string): readonly string[] => take(graph.neighbours(id)).map((neighbour) => neighbour.id);
  const joins = (id: string): boolean => !isShared(typeOf(id)) && !containers.has(typeOf(id)) && !activities.has(typeOf(id));
  const comments = (id: string): boolean => typeOf(id) === 'note' || typeOf(id) === 'opinion';

  /** The objects and everything they refer to by reference, but not through another report. */
  const reach = (ids: readonly string[]): readonly string[] => {
    const found = new Set<string>();
    const waiting = [...ids];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (found.has(id)) continue;
      found.add(id);
      if (!containers.has(typeOf(id)) || typeOf(id) === 'observed-data') waiting.push(...take(graph.references(id)));
    }
    return [...found];
  };

  return {
    membersOfContainer(object) {
      const held = reach(take(graph.references(object.id)));
      const related = neighbourIds(object.id);
      const next = [...held, ...related].flatMap((id) => (joins(id) ? neighbourIds(id) : []));
      return [...held, ...reach(related), ...next.filter((id) => isEvidence(typeOf(id)) || comments(id))];
    },
    around(id) {
      const near = reach([...take(graph.references(id)), ...neighbourIds(id)]).filter((other) => !containers.has(typeOf(other)));
      const further = near.flatMap((other) => (joins(other) ? neighbourIds(other) : []));
      return [...near, ...further.filter((other) => isEvidence(typeOf(other)))];
    },
    exhausted: () => left < 0,
  };
}
