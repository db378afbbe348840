import { h, kindIcon } from './dom.js';
import { formatBits, formatObserved, formatPlace, formatSpan, plural } from './format.js';
import { createGraph } from './graph.js';
import { judgementRows, judgePair, judgeStatus, noteButton } from './judge.js';
import { ledgerOf, pairOf } from './ledger.js';
import { createTimeline } from './timeline.js';

/** One incident: what it says, why its reports belong together, when, who, and what would split it. */
export function viewIncident(incident, { open }) {
  const members = new Map(incident.members.map((member) => [member.id, member]));
  const inside = incident.links.filter(({ a, b }) => members.has(a) && members.has(b));
  const linked = inside.filter(({ kind }) => kind === 'link').sort((a, b) => b.bits - a.bits);
  const possible = [...(incident.possibleLinks ?? [])].sort((a, b) => b.bits - a.bits);
  const panel = h('div', { class: 'card chosen-panel', 'aria-live': 'polite' });
  const parts = [];
  const choose = (choice) => {
    for (const part of parts) part.show(choice);
    panel.replaceChildren(...panelOf(choice, { incident, members, linked }));
  };
  const blocks = [headOf(incident)];
  if (incident.members.length > 1) {
    const graph = createGraph({ ...incident, links: inside }, { choose, open });
    parts.push(graph);
    blocks.push(
      h(
        'section',
        { class: 'block' },
        h('h2', {}, 'Why these belong together', h('span', { class: 'quiet' }, plural(linked.length, 'link'))),
        h('div', { class: 'why' }, graph.element, panel),
      ),
    );
  }
  const timeline = createTimeline(incident, { choose });
  parts.push(timeline);
  blocks.push(h('section', { class: 'block' }, h('h2', {}, 'When'), timeline.element));
  const rows = memberRows(incident, choose);
  parts.push(rows);
  blocks.push(
    h('section', { class: 'block' }, h('h2', {}, 'Reports', h('span', { class: 'quiet' }, String(incident.members.length))), rows.element),
  );
  if (linked.length > 0) blocks.push(linkBlock('Links and their evidence', linked, members));
  if (possible.length > 0) blocks.push(linkBlock('Possible links, for review', possible, members));
  blocks.push(judgementBlock(incident), ...splitBlock(incident, members), ...lineageBlock(incident));
  if (linked[0] !== undefined) choose({ link: linked[0], first: true });
  return { blocks, focusGraph: () => parts[0]?.focus?.() };
}

function headOf(incident) {
  const { marking } = incident;
  const countries = incident.places.map(formatPlace);
  return h(
    'header',
    { class: 'head' },
    h(
      'div',
      { class: 'tags' },
      h('span', { class: `tag tlp ${marking.tlp === 'amber+strict' ? 'strict' : marking.tlp}` }, `TLP:${marking.tlp.toUpperCase()}`),
      (marking.communities ?? []).map((community) => h('span', { class: 'tag' }, community)),
      marking.exercise === undefined ? null : h('span', { class: 'tag' }, `Exercise ${marking.exercise}`),
      h('span', { class: `tag severity ${incident.severity}` }, `Severity ${incident.severity}`),
      judgeStatus(incident),
      incident.themes.map((theme) => h('span', { class: 'tag' }, theme)),
      incident.sectors.slice(0, 6).map((sector) => h('span', { class: 'tag outline' }, sector)),
    ),
    h('h1', { dir: 'auto' }, incident.title),
    h('p', { class: 'summary', dir: 'auto' }, incident.summary),
    h(
      'p',
      { class: 'quiet' },
      [
        formatSpan(incident.firstSeen, incident.lastSeen),
        countries.length === 0
          ? null
          : countries.slice(0, 5).join(' · ') + (countries.length > 5 ? ` and ${countries.length - 5} more` : ''),
      ]
        .filter(Boolean)
        .join('  —  '),
    ),
  );
}

function panelOf(choice, { incident, members, linked }) {
  if (choice.link !== undefined) return [pairOf(choice.link, members), ledgerOf(choice.link), judgePair(choice.link)];
  const member = members.get(choice.member);
  const own = linked.filter(({ a, b }) => a === choice.member || b === choice.member);
  return [
    h(
      'div',
      { class: 'pair' },
      h(
        'div',
        { class: 'end' },
        kindIcon(member.sourceType),
        h(
          'div',
          {},
          h('a', { href: `#/signal/${member.id}`, dir: 'auto' }, member.title),
          h('div', { class: 'quiet' }, `${member.source} · ${formatObserved(member.observedAt)}`),
        ),
      ),
    ),
    h(
      'p',
      { class: 'quiet' },
      `${plural(own.length, 'link')} to other reports${member.id === incident.id ? '; the first report, whose id the incident carries' : ''}.`,
    ),
    h(
      'ol',
      { class: 'ledger' },
      own
        .slice(0, 12)
        .map((link) =>
          h(
            'li',
            { class: 'plus' },
            h(
              'span',
              { class: 'says', dir: 'auto' },
              `${members.get(link.a === choice.member ? link.b : link.a).title}: ${strongestOf(link)}`,
            ),
            h('span', { class: 'bits' }, formatBits(link.bits)),
          ),
        ),
    ),
  ];
}

/** The strongest thing that the two share; how near in time they are only where they share nothing that can be named. */
function strongestOf({ evidence }) {
  const ordered = [...evidence].sort((a, b) => b.bits - a.bits);
  return (ordered.find(({ value, bits }) => value !== undefined && bits > 0) ?? ordered[0])?.says ?? '';
}

function memberRows(incident, choose) {
  const ordered = [...incident.members].sort((a, b) => (JSON.stringify(a.observedAt) < JSON.stringify(b.observedAt) ? -1 : 1));
  const rows = ordered.map((member) =>
    h(
      'li',
      {},
      h(
        'a',
        { class: 'row', href: `#/signal/${member.id}`, 'data-id': member.id, onfocus: () => choose({ member: member.id }) },
        kindIcon(member.sourceType),
        h('span', { class: 'title', dir: 'auto' }, member.title),
        h('span', { class: 'when' }, formatObserved(member.observedAt)),
        h('span', { class: 'from' }, member.source),
      ),
    ),
  );
  const show = (choice) =>
    rows.forEach((row, index) => {
      row.firstChild.setAttribute('aria-current', String(choice.member === ordered[index].id));
    });
  return { element: h('ol', { class: 'card rows' }, rows), show };
}

function linkBlock(title, links, members) {
  const list = h('ol', { class: 'card rows' });
  const add = (from, count) => list.append(...links.slice(from, from + count).map((link) => linkRow(link, members)));
  add(0, 40);
  const rest =
    links.length > 40
      ? h(
          'button',
          {
            class: 'plain',
            type: 'button',
            onclick: (event) => {
              event.target.remove();
              add(40, links.length);
            },
          },
          `Show ${links.length - 40} more`,
        )
      : null;
  return h('section', { class: 'block' }, h('h2', {}, title, h('span', { class: 'quiet' }, String(links.length))), list, rest);
}

function linkRow(link, members) {
  const name = (id) => members.get(id)?.title ?? 'a report of another incident';
  const details = h(
    'details',
    {},
    h(
      'summary',
      {},
      h('span', {}, h('bdi', {}, name(link.a)), h('span', { class: 'joined' }, '  ↔  '), h('bdi', {}, name(link.b))),
      h('span', { class: 'bar-bits' }, `${formatBits(link.bits)} bits`),
    ),
  );
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(ledgerOf(link), judgePair(link));
  });
  return h('li', {}, details);
}

function judgementBlock({ id, judgements = [] }) {
  const none = h('p', { class: 'quiet' }, 'Nothing yet.');
  return h(
    'section',
    { class: 'block' },
    h('h2', {}, 'Judgements', noteButton({ id })),
    judgements.length === 0 ? none : judgementRows(judgements),
  );
}

function splitBlock({ counterfactuals = [] }, members) {
  const telling = counterfactuals.filter(({ groups }) => groups.length > 1);
  if (telling.length === 0) return [];
  const sentence = ({ without, groups }) =>
    `Without ${without.source === undefined ? `“${members.get(without.signal)?.title ?? without.signal}”` : `everything from ${without.source}`} it falls apart into ${groups.map((group) => group.length).join(' and ')} reports.`;
  return [
    h(
      'section',
      { class: 'block' },
      h('h2', {}, 'What holds it together'),
      h(
        'ol',
        { class: 'card rows' },
        telling
          .slice(0, 12)
          .map((item) => h('li', {}, h('div', { class: 'row report-line' }, h('p', { class: 'from', dir: 'auto' }, sentence(item))))),
      ),
    ),
  ];
}

const causes = { opened: 'opened', joined: 'joined', left: 'left', merged: 'merged in', split: 'split off', closed: 'closed' };

function lineageBlock({ lineage = [] }) {
  if (lineage.length === 0) return [];
  const text = (entry) =>
    `${plural(entry.incidents.length || entry.signals.length, entry.incidents.length > 0 ? 'incident' : 'report')} ${causes[entry.cause] ?? entry.cause}`;
  return [
    h(
      'section',
      { class: 'block' },
      h('h2', {}, 'How it came about'),
      h(
        'ol',
        { class: 'card rows' },
        lineage
          .slice(-30)
          .reverse()
          .map((entry) =>
            h(
              'li',
              {},
              h(
                'div',
                { class: 'row report-line' },
                h('span', { class: 'from' }, text(entry)),
                h('span', { class: 'when' }, `at ${entry.position}`),
              ),
            ),
          ),
      ),
    ),
  ];
}
