import type { z } from 'zod';
import { jsonPointer } from './json-pointer.ts';

/** One thing that is wrong with a value, at a JSON pointer into it. */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> => typeof value === 'object' && value !== null;

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) found = isRecord(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  return found;
}

/** The branch of a union that the value was meant for: the one whose complaints go deeper than its type. */
const meantBranch = (branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined =>
  branches.find((issues) => issues.length > 0 && !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0));

const shown = (key: string): string => (key.length > 100 ? `${key.slice(0, 100)}…` : key);

function faultsOfIssue(issue: Issue, before: Path, value: unknown): readonly Fault[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: jsonPointer([...path, shown(key)]),
      code: 'unknown-field',
      detail: 'There is no such field.',
    }));
  }
  if (valueAt(value, path) === undefined && path.length > 0)
    return [{ pointer: jsonPointer(path), code: 'missing', detail: 'This field is required.' }];
  if (issue.code === 'invalid_union') {
    const meant = meantBranch(issue.errors);
    if (meant !== undefined) return meant.flatMap((inner) => faultsOfIssue(inner, path, value));
  }
  return [{ pointer: jsonPointer(path), code: issue.code?.replaceAll('_', '-') ?? 'invalid', detail: issue.message }];
}

const most = 20;

/** What zod found wrong with a value, as faults with pointers; at most twenty, the first ones. Never repeats the value itself. */
export const faultsOf = (error: z.ZodError, value: unknown): readonly Fault[] =>
  error.issues
    .slice(0, most)
    .flatMap((issue) => faultsOfIssue(issue, [], value))
    .slice(0, most);
