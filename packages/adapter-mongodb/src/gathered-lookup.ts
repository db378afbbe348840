/** Answers many single questions of one turn of the event loop with one question to the server. Every key gets what `load` gives for it. */
export function gatheredLookup<V>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
  absent: V,
): (key: string) => Promise<V> {
  let next: { readonly keys: Set<string>; readonly answer: Promise<ReadonlyMap<string, V>> } | undefined;

  const open = () => {
    const keys = new Set<string>();
    const answer = new Promise<void>((done) => setImmediate(done)).then(() => {
      next = undefined;
      return load([...keys]);
    });
    return { keys, answer };
  };

  return async (key) => {
    next ??= open();
    next.keys.add(key);
    return (await next.answer).get(key) ?? absent;
  };
}
