import { get } from './api.js';
import { byId, h, kindIcon } from './dom.js';
import { formatSpan, plural } from './format.js';

const fields = {
  text: 'text',
  sourceType: 'sourceType',
  country: 'country',
  themeFilter: 'theme',
  sector: 'sector',
  from: 'from',
  to: 'to',
  sort: 'sort',
};
let cursor = null;
let shown = 0;
let asking;

/** The filters as they stand, as a query of `/v1/incidents`. */
function query() {
  const parameters = new URLSearchParams({ limit: '50' });
  for (const [id, name] of Object.entries(fields)) {
    const value = byId(id).value.trim();
    if (value !== '') parameters.set(name, name === 'country' ? value.toUpperCase() : value);
  }
  if (byId('singles').checked) parameters.set('minSize', '1');
  return parameters;
}

/** Lists of single reports are kept in two orders only: the others cannot be chosen with them. */
function matchOrders() {
  const order = byId('sort');
  const singles = byId('singles').checked;
  for (const option of order.options) option.disabled = singles && !['lastSeen', 'activity'].includes(option.value);
  if (order.selectedOptions[0].disabled) order.value = 'lastSeen';
}

/** Shows the first page of incidents for the filters; an answer that comes after a newer question is dropped. */
export async function refreshList() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    const page = await get(`/v1/incidents?${query()}`, { signal });
    shown = 0;
    byId('incidents').replaceChildren();
    addPage(page);
  } catch (error) {
    if (signal.aborted) return;
    if (error.status === 401 || error.status === 403) throw error;
    byId('incidents').replaceChildren();
    byId('more').hidden = true;
    byId('count').textContent = error.message;
  }
}

async function showMore() {
  const parameters = query();
  parameters.set('cursor', cursor);
  const from = byId('incidents').children.length;
  addPage(await get(`/v1/incidents?${parameters}`));
  byId('incidents').children[from]?.firstChild.focus();
}

function addPage({ items, next }) {
  cursor = next;
  shown += items.length;
  byId('incidents').append(...items.map(rowOf));
  byId('more').hidden = next === null;
  byId('count').textContent = shown === 0 ? 'No incident matches.' : `${plural(shown, 'incident')}${next === null ? '' : ' and more'}`;
  suggest(
    'themes',
    items.flatMap(({ themes }) => themes),
  );
  suggest(
    'sectors',
    items.flatMap(({ sectors }) => sectors),
  );
  markCurrent();
}

function suggest(id, words) {
  const list = byId(id);
  const known = new Set([...list.children].map((option) => option.value));
  for (const word of new Set(words)) if (!known.has(word)) list.append(h('option', { value: word }));
}

const rowOf = (incident) =>
  h(
    'li',
    {},
    h(
      'a',
      { href: `#/incident/${incident.id}`, 'data-severity': incident.severity },
      h('strong', { dir: 'auto' }, incident.title),
      h(
        'div',
        { class: 'facts' },
        h('span', { class: 'dots' }, incident.sourceTypes.map(kindIcon), ` ${plural(incident.size, 'report')}`),
        h('span', {}, formatSpan(incident.firstSeen, incident.lastSeen)),
        countriesOf(incident),
        incident.severity === 'low' ? null : h('span', { class: `severity ${incident.severity}` }, incident.severity),
      ),
    ),
  );

function countriesOf({ places }) {
  const codes = [...new Set(places.map(({ country }) => country).filter(Boolean))];
  return codes.length === 0
    ? null
    : h('span', { class: 'countries' }, codes.slice(0, 4).join(' ') + (codes.length > 4 ? ` +${codes.length - 4}` : ''));
}

/** Marks the incident that is open in the list. */
export function markCurrent() {
  for (const link of byId('incidents').querySelectorAll('a'))
    link.setAttribute('aria-current', String(link.getAttribute('href') === location.hash));
}

/** Moves the focus through the list. */
export function moveInList(step) {
  const links = [...byId('incidents').querySelectorAll('a')];
  const at = links.indexOf(document.activeElement);
  const current = at >= 0 ? at : links.findIndex((link) => link.getAttribute('aria-current') === 'true');
  links[Math.max(0, Math.min(links.length - 1, current + step))]?.focus();
}

export function startList() {
  let waiting;
  for (const id of [...Object.keys(fields), 'singles']) {
    byId(id).addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(refreshList, 180);
    });
  }
  byId('singles').addEventListener('input', matchOrders);
  byId('more').addEventListener('click', showMore);
  byId('clear').addEventListener('click', () => {
    for (const id of Object.keys(fields)) byId(id).value = id === 'sort' ? 'lastSeen' : '';
    byId('singles').checked = false;
    matchOrders();
    refreshList();
  });
}
