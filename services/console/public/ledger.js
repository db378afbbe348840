import { h, kindIcon } from './dom.js';
import { formatBits, formatObserved } from './format.js';

/** The two ends of a link, each to be opened. */
export const pairOf = (link, members) =>
  h(
    'div',
    { class: 'pair' },
    [link.a, link.b].map((id) => endOf(id, members.get(id))),
  );

function endOf(id, member) {
  if (member === undefined)
    return h('div', { class: 'end' }, h('span'), h('a', { href: `#/signal/${id}` }, 'A report of another incident'));
  return h(
    'div',
    { class: 'end' },
    kindIcon(member.sourceType),
    h(
      'div',
      {},
      h('a', { href: `#/signal/${id}`, dir: 'auto' }, member.title),
      h('div', { class: 'quiet' }, `${member.source} · ${formatObserved(member.observedAt)}`),
    ),
  );
}

/** What speaks for a link and what against it, strongest first, and the exact sum. */
export function ledgerOf(link) {
  const strongest = Math.max(...link.evidence.map(({ bits }) => Math.abs(bits)), 1);
  const entries = [...link.evidence].sort((a, b) => b.bits - a.bits);
  return h(
    'ol',
    { class: 'ledger' },
    entries.map(({ says, bits }) => {
      const share = (Math.abs(bits) / strongest) * 100;
      return h(
        'li',
        { class: bits < 0 ? 'minus' : 'plus' },
        h('span', { class: 'says', dir: 'auto' }, says),
        h('span', { class: 'bits' }, formatBits(bits)),
        h(
          'svg',
          { class: 'weight', viewBox: '0 0 100 3', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
          h('rect', { class: 'track', width: 100, height: 3 }),
          h('rect', { width: share, height: 3 }),
        ),
      );
    }),
    h(
      'li',
      { class: `total ${link.bits < 0 ? 'minus' : 'plus'}` },
      h('span', { class: 'says' }, verdict(link)),
      h('span', { class: 'bits' }, `${formatBits(link.bits)} bits`),
    ),
  );
}

export const verdict = ({ kind }) => (kind === 'link' ? 'Together: linked' : 'Together: possible, for review; joins nothing');
