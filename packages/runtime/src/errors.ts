import { z } from 'zod';
import { type ProblemCode, problems, problemType } from './problems.ts';

export const ErrorDetail = z.object({ pointer: z.string(), code: z.string(), detail: z.string() });
/** One thing that is wrong, at a JSON pointer (RFC 6901) into what was sent; the empty pointer is the whole of it. */
export type ErrorDetail = z.infer<typeof ErrorDetail>;

export const ProblemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  errors: z.array(ErrorDetail).optional(),
});
/** An error as RFC 9457 tells it. */
export type ProblemDocument = z.infer<typeof ProblemDocument>;

interface ServiceErrorOptions {
  readonly cause?: unknown;
  readonly errors?: readonly ErrorDetail[];
  /** Seconds after which trying again may help; sent as Retry-After. */
  readonly retryAfterSeconds?: number;
}

/** A failure with a code of the one registry and a message that a person can act on; the message never holds a secret or a payload. */
export class ServiceError extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly ErrorDetail[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, message: string, options: ServiceErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'ServiceError';
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The problem document for a failure with a known code. */
export function problemOf(code: ProblemCode, detail: string, instance: string, errors: readonly ErrorDetail[] = []): ProblemDocument {
  const { status, title } = problems[code];
  return { type: problemType(code), title, status, detail, instance, ...(errors.length === 0 ? {} : { errors: [...errors] }) };
}

/** The problem document for anything thrown; what is not a ServiceError is `internal` and tells nothing of its inside. */
export function toProblem(error: unknown, instance: string): ProblemDocument {
  if (error instanceof ServiceError) return problemOf(error.code, error.message, instance, error.errors);
  return problemOf('internal', 'The request could not be handled. Nothing was accepted.', instance);
}

/** True for mistakes in our own code, as opposed to the world (disk, network, peers) failing; only the latter are worth trying again. */
export const isProgrammingError = (error: unknown): boolean =>
  error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError || error instanceof SyntaxError;

/** What an error says, with its causes, on one line and without its stack. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${describeError(error.cause)}`;
}
