/** The JSON pointer (RFC 6901) of a path; the empty pointer is the whole value. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
