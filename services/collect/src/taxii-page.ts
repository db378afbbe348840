/** One page of a collection. */
export interface TaxiiPage {
  readonly objects: readonly unknown[];
  readonly more: boolean;
  readonly next: string | undefined;
  /** When the server got the last object of the page. */
  readonly lastAdded: string | undefined;
}

export const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Deepest nesting of an answer: deeper ones are refused before anything is built of them. */
const depthLimit = 80;

/** The JSON of an answer; undefined when it is not whole, not UTF-8, or nested too deeply. */
export function parsePage(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return depthOf(text) > depthLimit ? undefined : JSON.parse(text);
  } catch {
    // Both the decoder and the parser throw for text that is not what it should be; the caller says so.
    return undefined;
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 92) at += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 91 || code === 123) deepest = Math.max(deepest, ++depth);
    else if (code === 93 || code === 125) depth -= 1;
  }
  return deepest;
}
