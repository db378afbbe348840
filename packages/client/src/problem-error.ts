import { z } from 'zod';

export const ProblemReport = z.looseObject({
  type: z.string().default('about:blank'),
  title: z.string(),
  status: z.number(),
  detail: z.string().default(''),
  errors: z.array(z.looseObject({ pointer: z.string(), code: z.string().default(''), detail: z.string() })).optional(),
});
/** What went wrong as the service (or the client, before it) tells it: an RFC 9457 problem. */
export type ProblemReport = z.infer<typeof ProblemReport>;

/** Thrown when a request did not do what was asked; the problem says why. */
export class ProblemError extends Error {
  readonly problem: ProblemReport;

  constructor(problem: ProblemReport, options?: ErrorOptions) {
    super(problem.detail === '' ? problem.title : `${problem.title}: ${problem.detail}`, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** A problem that the client itself found. */
export const localProblem = (title: string, detail: string, status = 400): ProblemReport => ({
  type: 'about:blank',
  title,
  status,
  detail,
});

/** The problem in an answer; something sensible when the answer holds none. */
export function problemOfAnswer(status: number, text: string): ProblemReport {
  const parsed = ProblemReport.safeParse(parseJson(text));
  return parsed.success ? parsed.data : localProblem(`The service answered ${status}`, text.slice(0, 300), status);
}

/** What JSON text says; undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
