import type { Observable } from '@samenhang/domain';

/** An observable in running text; the span is in UTF-16 units of the text it was found in. */
export interface FoundObservable extends Observable {
  readonly start: number;
  readonly end: number;
}
