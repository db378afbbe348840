/** One kind of failure: what HTTP says, in words that tell the reader what to do about it. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  /** What the one who meets it can do. */
  readonly advice: string;
}

/** Every failure that a person or client can meet, by its code; the reference page and the HTTP problems are made from this and from nothing else. */
export const problems = {
  'body-unreadable': { status: 400, title: 'The body cannot be read', advice: 'Send well-formed JSON (or NDJSON) in UTF-8.' },
  'request-invalid': { status: 400, title: 'The request is not valid', advice: 'Correct what the list of errors points at.' },
  'cursor-invalid': {
    status: 400,
    title: 'The cursor is not one of ours',
    advice: 'Start again without a cursor, with the same filters throughout.',
  },
  unauthenticated: {
    status: 401,
    title: 'A key is needed',
    advice: 'Send "Authorization: Bearer KEY" with a key that has not expired or been revoked.',
  },
  forbidden: { status: 403, title: 'This key may not do that', advice: 'Use a key with the role that this request needs.' },
  'audience-forbidden': {
    status: 403,
    title: 'This key may not act for that audience',
    advice: 'Name an audience of this key in Samenhang-Audience, or leave the header out.',
  },
  'source-forbidden': {
    status: 403,
    title: 'This key may not post for that source',
    advice: 'Post with the key of that source, or have the source added to this key.',
  },
  'export-forbidden': {
    status: 403,
    title: 'This may not leave',
    advice:
      'It holds something above TLP amber: export it for an audience that does not see that, or have the marking changed by its source.',
  },
  'not-acceptable': {
    status: 406,
    title: 'This address cannot answer in that form',
    advice: 'Send "Accept: application/taxii+json;version=2.1".',
  },
  'not-found': { status: 404, title: 'There is nothing here', advice: 'Check the address and the id.' },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    advice: 'Use one of the methods in the Allow header.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    advice: 'Send it again on a better connection, or in smaller parts.',
  },
  'signal-conflict': {
    status: 409,
    title: 'Another content is already known under this id and revision',
    advice: 'Post a changed report with a higher revision.',
  },
  'revision-outdated': {
    status: 409,
    title: 'A newer revision of this signal is already known',
    advice: 'Post with a revision above the newest known one, or leave it.',
  },
  'incident-changed': {
    status: 412,
    title: 'The incident has changed since it was read',
    advice: 'Read it again, then judge with its new revision in If-Match, or without If-Match.',
  },
  'judgement-too-open': {
    status: 422,
    title: 'The judgement would be seen more widely than what it is about',
    advice: 'Give it a marking at least as restricted as that of the signals, and one that your own audience may see.',
  },
  'release-not-wider': {
    status: 422,
    title: 'The release would not let more people see it',
    advice: 'Give a marking that is wider than the present one; only its source can restrict a signal, by a new revision.',
  },
  'rejected-not-retryable': {
    status: 409,
    title: 'This rejected message cannot be retried',
    advice: 'Its bytes are not JSON, or it was retried or dropped before: drop it, or let its source send it again.',
  },
  gone: {
    status: 410,
    title: 'This is no longer there',
    advice: 'It was retracted or withdrawn; the detail names what holds its history.',
  },
  'body-too-large': { status: 413, title: 'The body is too large', advice: 'Split it into smaller requests.' },
  'item-too-large': {
    status: 413,
    title: 'This signal is too large',
    advice: 'Shorten its text or raw part, or post attachments by hash only.',
  },
  'too-many-items': { status: 413, title: 'Too many signals in one request', advice: 'Split them over more requests.' },
  'media-type-unsupported': {
    status: 415,
    title: 'This content type or encoding is not taken',
    advice: 'Send application/json or application/x-ndjson, not compressed.',
  },
  'signal-invalid': { status: 422, title: 'The signal is not valid', advice: 'Correct what the list of errors points at.' },
  'header-too-large': { status: 431, title: 'The request headers are too large', advice: 'Send smaller headers.' },
  'too-many-requests': { status: 429, title: 'Too many requests', advice: 'Wait for the seconds in Retry-After, then go on.' },
  internal: {
    status: 500,
    title: 'Something is wrong on our side',
    advice: 'Try again later; if it stays, give the operator the time and the instance.',
  },
  'config-invalid': {
    status: 500,
    title: 'The configuration is not valid',
    advice: 'Correct every mistake in the list, then start again.',
  },
  'step-failed': {
    status: 500,
    title: 'A step failed on this message',
    advice: 'Read its cause, mend the step, then retry the rejected message.',
  },
  'message-undecodable': {
    status: 500,
    title: 'A message on the log cannot be understood',
    advice: 'See which writer sent it; drop it, or retry it once this version can read it.',
  },
  'webhook-refused': {
    status: 502,
    title: 'A webhook did not take what it was told',
    advice: 'See with its owner what it answered, then retry the rejected message.',
  },
  'webhook-unavailable': {
    status: 503,
    title: 'A webhook does not take what it is told',
    advice: 'Check its address and its answers; it is told again by itself, and nothing else waits for it.',
  },
  'start-failed': {
    status: 500,
    title: 'The service could not start',
    advice: 'Read the cause; most often an address in use or a missing right.',
  },
  'data-directory-in-use': {
    status: 503,
    title: 'Another process is using this data directory',
    advice: 'Stop the other process or give this one another --data directory.',
  },
  'log-unavailable': {
    status: 503,
    title: 'The log cannot be written or read',
    advice: 'Check the disk or the brokers; nothing was accepted, so sending again is safe.',
  },
  'store-unavailable': {
    status: 503,
    title: 'The store cannot be written or read',
    advice: 'Check the disk or the database; it catches up from the log by itself.',
  },
  'audit-unavailable': {
    status: 503,
    title: 'The audit trail cannot be written',
    advice:
      'Check the disk that holds it: what must be recorded is not answered until it can be. A change may have been made; look before repeating it.',
  },
  'pipeline-behind': { status: 503, title: 'The pipeline is behind', advice: 'Wait for the seconds in Retry-After, then go on.' },
  'issuer-unavailable': {
    status: 503,
    title: 'The token issuer does not answer',
    advice: 'Try again in a moment, or use a key of this service.',
  },
  starting: { status: 503, title: 'The service is starting', advice: 'Send it again in a moment.' },
  stopping: { status: 503, title: 'The service is stopping', advice: 'Send it again once it is back.' },
} as const satisfies Readonly<Record<string, Problem>>;

export type ProblemCode = keyof typeof problems;

/** The stable address that identifies a kind of failure in a problem document. */
export const problemType = (code: ProblemCode): string => `https://samenhang.example/problems/${code}`;
