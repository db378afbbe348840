/** Which methods each address takes, so that a wrong method can be told from a wrong address. */
export interface MethodTable {
  add(method: string | readonly string[], pattern: string): void;
  /** The methods of every route whose pattern the path of this URL fits, sorted. */
  allowed(url: string): readonly string[];
}

const expressionOf = (pattern: string): RegExp => {
  const steps = pattern.split('/').map((step) => (step.startsWith(':') ? '[^/]+' : RegExp.escape(step).replaceAll('\\*', '.*')));
  return new RegExp(`^${steps.join('/')}$`);
};

/** An empty table. */
export function createMethodTable(): MethodTable {
  const patterns = new Map<string, { readonly expression: RegExp; readonly methods: Set<string> }>();
  return {
    add(method, pattern) {
      const known = patterns.get(pattern) ?? { expression: expressionOf(pattern), methods: new Set<string>() };
      for (const one of typeof method === 'string' ? [method] : method) known.methods.add(one);
      patterns.set(pattern, known);
    },
    allowed(url) {
      const path = url.split('?', 1)[0] ?? '';
      const fitting = [...patterns.values()].filter(({ expression }) => expression.test(path));
      return [...new Set(fitting.flatMap(({ methods }) => [...methods]))].sort();
    },
  };
}
