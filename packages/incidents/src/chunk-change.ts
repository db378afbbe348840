import type { IncidentChanged } from '@samenhang/events';

/** Characters of one record; at most three bytes each in UTF-8 keeps a record under about 500 kB. */
export const chunkChars = 160_000;

type Part = Pick<IncidentChanged, 'joined' | 'left' | 'lineage' | 'links' | 'unlinked'>;
type Piece = { readonly [Name in keyof Part]: { readonly name: Name; readonly item: Part[Name][number] } }[keyof Part];

/** The change as one or more records that together say the same, each small enough for the log; every one carries the summary, so each is whole. */
export function chunkChange(change: IncidentChanged, limitChars = chunkChars): readonly IncidentChanged[] {
  if (surelySmall(change, limitChars)) return [change];
  const chunks: IncidentChanged[] = [];
  let open = emptyParts();
  let chars = 0;
  for (const piece of piecesOf(change)) {
    const size = JSON.stringify(piece.item).length;
    if (chars > 0 && chars + size > limitChars) {
      chunks.push({ ...change, ...open });
      open = emptyParts();
      chars = 0;
    }
    put(open, piece);
    chars += size;
  }
  chunks.push({ ...change, ...open });
  return chunks;
}

/** A quick upper bound, so that the usual small change is not serialised twice. */
function surelySmall(change: IncidentChanged, limitChars: number): boolean {
  let chars = 100 * (change.joined.length + change.left.length + change.unlinked.length + 2 * change.lineage.length);
  for (const entry of change.lineage) chars += 100 * (entry.signals.length + entry.incidents.length);
  for (const link of change.links) {
    chars += 200;
    for (const { value, says } of link.evidence) chars += 120 + 2 * (says.length + (value?.length ?? 0));
  }
  return chars <= limitChars;
}

const emptyParts = () => ({
  joined: Array.of<Part['joined'][number]>(),
  left: Array.of<Part['left'][number]>(),
  lineage: Array.of<Part['lineage'][number]>(),
  links: Array.of<Part['links'][number]>(),
  unlinked: Array.of<Part['unlinked'][number]>(),
});

function* piecesOf(change: IncidentChanged): Generator<Piece> {
  for (const item of change.joined) yield { name: 'joined', item };
  for (const item of change.left) yield { name: 'left', item };
  for (const item of change.lineage) yield { name: 'lineage', item };
  for (const item of change.links) yield { name: 'links', item };
  for (const item of change.unlinked) yield { name: 'unlinked', item };
}

function put(parts: ReturnType<typeof emptyParts>, piece: Piece): void {
  switch (piece.name) {
    case 'joined':
    case 'left':
      parts[piece.name].push(piece.item);
      return;
    case 'lineage':
      parts.lineage.push(piece.item);
      return;
    case 'links':
      parts.links.push(piece.item);
      return;
    case 'unlinked':
      parts.unlinked.push(piece.item);
  }
}
