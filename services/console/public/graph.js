import { h, kindIcon, kindName, shapePath } from './dom.js';
import { formatBits, formatObserved, shorten } from './format.js';
import { layOut } from './layout.js';

const width = 700;
const height = 500;

/**
 * The members of an incident and the links between them. One stop for the keyboard: arrows walk over the members in order of time,
 * Enter opens one. `choose({ member } | { link })` is told what was chosen; `show(choice)` marks it.
 */
export function createGraph(incident, { choose, open }) {
  const members = incident.members;
  const at = new Map(members.map((member, index) => [member.id, index]));
  const links = incident.links.filter((link) => at.has(link.a) && at.has(link.b));
  const edges = links.map((link) => ({ link, from: at.get(link.a), to: at.get(link.b), strength: link.kind === 'link' ? 1 : 0.25 }));
  const places = layOut(members.length, edges, width, height);
  const radius = members.length > 60 ? 5 : members.length > 25 ? 7 : 9;

  const lines = edges.map((edge) => drawEdge(edge, places, choose));
  const nodes = members.map((member, index) => drawNode(member, places[index], radius, member.id === incident.id, choose, open));
  const labels = members.map((member, index) => label(member, places[index], radius));
  const svg = h(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      tabindex: 0,
      role: 'application',
      'aria-label': `Graph of ${members.length} reports and ${links.length} links. Arrow keys walk over the reports, Enter opens one.`,
    },
    h(
      'g',
      {},
      lines.map(({ group }) => group),
    ),
    h('g', {}, labels),
    h('g', {}, nodes),
  );
  let current = -1;
  svg.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      current = (current + step + members.length) % members.length;
      choose({ member: members[current].id });
    } else if (event.key === 'Enter' && current >= 0) open(members[current].id);
  });

  const show = (choice) => {
    const near = nearOf(choice, links);
    const fades = near !== undefined && choice.first !== true;
    if (choice?.member !== undefined) current = at.get(choice.member) ?? current;
    members.forEach(({ id }, index) => {
      nodes[index].classList.toggle(
        'chosen',
        choice?.member === id || (choice?.link !== undefined && (choice.link.a === id || choice.link.b === id)),
      );
      nodes[index].classList.toggle('faded', fades && !near.has(id));
      labels[index].toggleAttribute('hidden', members.length > 7 && !(near?.has(id) && near.size <= 9));
    });
    edges.forEach(({ link }, index) => {
      const { line } = lines[index];
      const touches = choice?.member === link.a || choice?.member === link.b;
      line.classList.toggle('chosen', choice?.link === link);
      line.classList.toggle('near', touches);
      line.classList.toggle('faded', fades && !touches && choice?.link !== link);
    });
  };
  return { element: h('div', { class: 'card graph' }, svg, legend(members)), show, focus: () => svg.focus() };
}

function nearOf(choice, links) {
  if (choice?.link !== undefined) return new Set([choice.link.a, choice.link.b]);
  if (choice?.member === undefined) return undefined;
  return new Set([choice.member, ...links.filter(({ a, b }) => a === choice.member || b === choice.member).flatMap(({ a, b }) => [a, b])]);
}

function drawEdge({ link, from, to }, places, choose) {
  const ends = { x1: places[from].x, y1: places[from].y, x2: places[to].x, y2: places[to].y };
  const line = h('line', { ...ends, class: `edge ${link.kind}`, 'stroke-width': Math.max(1, Math.min(5, link.bits / 3)).toFixed(2) });
  const hit = h(
    'line',
    { ...ends, class: 'edge-hit', onclick: () => choose({ link }) },
    h('title', {}, `${link.kind === 'link' ? 'Linked' : 'Possibly linked'}, ${formatBits(link.bits)} bits`),
  );
  return { group: h('g', {}, line, hit), line };
}

function drawNode(member, { x, y }, radius, anchor, choose, open) {
  return h(
    'g',
    {
      class: `node ${member.sourceType}${anchor ? ' anchor' : ''}`,
      onclick: () => choose({ member: member.id }),
      ondblclick: () => open(member.id),
    },
    h(
      'title',
      {},
      `${member.title}\n${kindName(member.sourceType)} · ${member.source} · ${formatObserved(member.observedAt)}${anchor ? '\nFirst report: gives the incident its id' : ''}`,
    ),
    h('circle', { class: 'ring', cx: x, cy: y, r: radius + 5 }),
    h('path', { class: 'shape', d: shapePath(member.sourceType, x, y, radius) }),
  );
}

function label(member, { x, y }, radius) {
  const anchor = x < 130 ? 'start' : x > width - 130 ? 'end' : 'middle';
  return h(
    'text',
    { x: anchor === 'start' ? x - radius : anchor === 'end' ? x + radius : x, y: y + radius + 15, 'text-anchor': anchor, dir: 'auto' },
    shorten(member.title, 34),
  );
}

function legend(members) {
  const kinds = ['embassy', 'ras', 'sector'].filter((kind) => members.some(({ sourceType }) => sourceType === kind));
  return h(
    'div',
    { class: 'legend', 'aria-hidden': 'true' },
    kinds.map((kind) => h('span', {}, kindIcon(kind), kindName(kind))),
  );
}
