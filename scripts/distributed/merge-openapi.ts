type Json = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});

/** One OpenAPI document for several services: every path with every method; where two describe the same, the first wins. */
export function mergeOpenApi(documents: readonly unknown[]): Json {
  const [first, ...others] = documents.map(objectOf);
  const merged: Record<string, unknown> = { ...first };
  const paths: Record<string, Json> = {};
  for (const document of [first, ...others]) {
    for (const [path, methods] of Object.entries(objectOf(document?.paths))) paths[path] = { ...objectOf(methods), ...paths[path] };
  }
  const components: Record<string, Json> = {};
  for (const document of [first, ...others]) {
    for (const [kind, entries] of Object.entries(objectOf(document?.components)))
      components[kind] = { ...objectOf(entries), ...components[kind] };
  }
  return { ...merged, paths, components };
}

/** `METHOD /path/{parameter}` of every operation of a document. */
export const operationsOf = (document: unknown): readonly string[] =>
  Object.entries(objectOf(objectOf(document).paths)).flatMap(([path, methods]) =>
    Object.keys(objectOf(methods)).map((method) => `${method.toUpperCase()} ${path}`),
  );
