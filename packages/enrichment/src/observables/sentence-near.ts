const boundary = /[.!?]\s+(?=\p{Lu})|\n/u;

/** At most `before` and `after` characters around a span, as far as they belong to its sentence. */
export function sentenceNear(text: string, { start, end, before, after }: NearBy): { readonly left: string; readonly right: string } {
  const left = text.slice(Math.max(0, start - before), start).split(boundary);
  const right = text.slice(end, end + after).split(boundary);
  return { left: left.at(-1) ?? '', right: right[0] ?? '' };
}

interface NearBy {
  readonly start: number;
  readonly end: number;
  readonly before: number;
  readonly after: number;
}
