interface Family {
  readonly head: string[];
  readonly samples: string[];
}

/** Adds a label to a sample line of Prometheus text. */
function labelled(line: string, process: string): string {
  const label = `process="${process}"`;
  const brace = line.indexOf('{');
  if (brace >= 0 && brace < line.indexOf(' ')) return `${line.slice(0, brace + 1)}${label},${line.slice(brace + 1)}`;
  const space = line.indexOf(' ');
  return `${line.slice(0, space)}{${label}}${line.slice(space)}`;
}

/** One Prometheus text for several processes: every family once, every sample with the process it came from. */
export function mergeMetrics(texts: ReadonlyMap<string, string>): string {
  const families = new Map<string, Family>();
  for (const [process, text] of texts) {
    let family: Family = { head: [], samples: [] };
    for (const line of text.split('\n')) {
      const name = /^# (?:HELP|TYPE) (\S+)/.exec(line)?.[1];
      if (name !== undefined) {
        family = families.get(name) ?? { head: [], samples: [] };
        families.set(name, family);
        if (!family.head.includes(line)) family.head.push(line);
      } else if (line !== '') family.samples.push(labelled(line, process));
    }
  }
  return [...families.values()]
    .flatMap(({ head, samples }) => [...head, ...samples])
    .join('\n')
    .concat('\n');
}
