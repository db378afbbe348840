const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a labelled record may say besides what every record says; `truth` and `meta` never leave the file. */
const optional = ['lang', 'reportedAt', 'places', 'sectors', 'themes', 'techniques', 'reliability', 'credibility', 'origin'] as const;

/** True for a record of labelled evaluation data: it has an id of its own and no marking, so it is no signal. */
const isLabelled = (value: Readonly<Record<string, unknown>>): boolean =>
  'id' in value && !('externalId' in value) && ('truth' in value || !('marking' in value));

/** `dev-<set>` for a file of labelled data. */
const sourceOf = (file: string): string => `dev-${(file.split(/[\\/]/).at(-1) ?? file).replace(/^campaigns-|-heldout|\.jsonl$/g, '')}`;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The signal that a value of a file is to be posted as: a labelled record is mapped as INTERFACE.md says, anything else stays what it is. */
export function draftOfRecord(value: unknown, file: string): unknown {
  if (!isObject(value) || !isLabelled(value)) return value;
  const { id, source, sourceType, title, text, observedAt, observables } = value;
  const begin = textOf(text)
    .slice(0, 120)
    .replace(/[\uD800-\uDBFF]$/, '');
  const more = optional.flatMap((name) => (value[name] === undefined || value[name] === null ? [] : [[name, value[name]] as const]));
  return {
    source: source ?? sourceOf(file),
    externalId: id,
    sourceType,
    kind: 'report',
    title: textOf(title) || begin || id,
    text: textOf(text),
    observedAt,
    observables,
    ...Object.fromEntries(more),
    marking: isObject(value.marking) ? value.marking : { tlp: 'green' },
  };
}
