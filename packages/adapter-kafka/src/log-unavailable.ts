import { ServiceError } from '@samenhang/runtime';

/** The error for a cluster that did not do what was asked; keeps an error that already says so. */
export const logUnavailable = (what: string, cause: unknown): ServiceError =>
  cause instanceof ServiceError ? cause : new ServiceError('log-unavailable', `Kafka could not ${what}.`, { cause });
