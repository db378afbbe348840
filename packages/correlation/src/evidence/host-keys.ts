import { parse } from 'tldts';
import type { KeyDraft } from './evidence-kind.ts';
import { isPopular, isSharedHosting } from './popular-values.ts';

interface Named {
  readonly kind: string;
  readonly value: string;
}

const pieceLetters = 5;

/** What a label looks like with one of its parts, or its digits, left open: `kazan-news` is `*-news` and `kazan-*`. Each implies the pieces of what is left. */
function templatesOf(label: string, suffix: string): readonly KeyDraft[] {
  const parts = label.split('-');
  const templates: KeyDraft[] = [];
  for (const [at, part] of parts.entries()) {
    const rest = parts.filter((_, other) => other !== at);
    if (parts.length < 2 || part.length < 2 || rest.join('').length < 3) continue;
    const open = parts.map((each, other) => (other === at ? '*' : each)).join('-');
    const kind = at === 0 || rest.length > 1 ? 'domain-template' : 'domain-beginning';
    templates.push({ kind, value: at === 0 ? `${open}.${suffix}` : open, implies: rest.flatMap(piecesOf) });
  }
  const counted = label.replaceAll(/\d+/g, '#');
  if (counted !== label && counted.length > 4) templates.push({ kind: 'domain-template', value: counted, implies: piecesOf(label) });
  return templates;
}

function piecesOf(label: string): readonly Named[] {
  const pieces: Named[] = [];
  for (const run of label.split(/[^a-z]+/)) {
    for (let at = 0; at + pieceLetters <= run.length; at++) pieces.push({ kind: 'label-piece', value: run.slice(at, at + pieceLetters) });
  }
  return pieces;
}

/** The host, its registered domain, and how the domain is made up; nothing for a site that anybody names. */
export function hostKeys(named: string): readonly KeyDraft[] {
  const host = named.replace(/^www\./, '').replace(/\.$/, '');
  const { domain, publicSuffix } = parse(host, { allowPrivateDomains: true });
  const registered = domain ?? host;
  if (host === '' || isPopular(host) || isPopular(registered)) return [];
  if (isSharedHosting(registered)) return [{ kind: 'domain', value: host }];
  const label = registered.slice(0, Math.max(0, registered.length - (publicSuffix?.length ?? 0) - 1));
  const made = [...templatesOf(label, publicSuffix ?? ''), ...piecesOf(label)];
  const parent = { kind: 'registered-domain', value: registered };
  const general = made.map(({ kind, value }) => ({ kind, value }));
  return [{ kind: 'domain', value: host, implies: [parent, ...general] }, { ...parent, implies: general }, ...made];
}
