import { forgetKey, get, heldAudience, heldKey, holdAudience, holdKey } from './api.js';
import { byId, h } from './dom.js';
import { viewIncident } from './incident-view.js';
import { markCurrent, moveInList, refreshList, startList } from './list-view.js';
import { viewObservable, viewSignal } from './signal-view.js';

let focusGraph;
let shownRevision;

const emptyPicture = () =>
  h(
    'svg',
    { viewBox: '0 0 168 96', 'aria-hidden': 'true' },
    h('path', {
      d: 'M24 30 84 22M24 30 62 74M84 22 62 74M84 22 142 58M62 74 142 58',
      stroke: 'currentColor',
      fill: 'none',
      'stroke-width': 1.5,
      'stroke-opacity': 0.5,
    }),
    h('circle', { class: 'embassy kind', cx: 24, cy: 30, r: 8 }),
    h('circle', { class: 'ras kind', cx: 84, cy: 22, r: 8 }),
    h('circle', { class: 'sector kind', cx: 62, cy: 74, r: 8 }),
    h('circle', { class: 'embassy kind', cx: 142, cy: 58, r: 8 }),
  );

const emptyView = (title, more) => h('div', { class: 'empty' }, emptyPicture(), h('p', {}, title), h('p', {}, more));

/** Shows what the address names: an incident, a report, an observable, or nothing yet. */
async function showRoute() {
  const [, view, ...rest] = location.hash.split('/');
  const parts = rest.map(decodeURIComponent);
  document.body.toggleAttribute('data-open', view !== undefined && view !== '');
  markCurrent();
  focusGraph = undefined;
  try {
    const blocks = await blocksOf(view, parts);
    byId('detail').replaceChildren(...blocks);
  } catch (error) {
    if (error.status === 401) return askKey('This key is not accepted.');
    byId('detail').replaceChildren(emptyView('This cannot be shown.', error.message));
  }
  byId('detail').scrollTop = 0;
}

/** Shows the incident again once what was judged has come through; a moment is enough as a rule. */
async function showChanged() {
  const path = `/v1/incidents/${location.hash.split('/')[2]}`;
  const before = shownRevision;
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((done) => setTimeout(done, 150));
    const now = await get(path).catch(() => undefined);
    if (now === undefined || `${now.id} ${now.revision} ${now.size}` !== before) break;
  }
  await Promise.all([showRoute(), refreshList()]);
}

async function blocksOf(view, [first, second]) {
  if (view === 'incident') {
    const incident = await get(`/v1/incidents/${encodeURIComponent(first)}`);
    shownRevision = `${incident.id} ${incident.revision} ${incident.size}`;
    const shown = viewIncident(incident, {
      open: (id) => {
        location.hash = `#/signal/${id}`;
      },
    });
    focusGraph = shown.focusGraph;
    return shown.blocks;
  }
  if (view === 'signal') return viewSignal(await get(`/v1/signals/${encodeURIComponent(first)}`));
  if (view === 'observable') return viewObservable(await get(`/v1/observables/${encodeURIComponent(first)}/${encodeURIComponent(second)}`));
  return [emptyView('Choose an incident to see what connects its reports.', 'Press / to search, ? for the keyboard.')];
}

function askKey(problem = '') {
  byId('entry-problem').textContent = problem;
  if (!byId('entry').open) byId('entry').showModal();
}

async function start() {
  try {
    const me = await get('/v1/me');
    byId('audience').replaceChildren(...me.audiences.map(({ id, name }) => h('option', { value: id, selected: id === me.audience }, name)));
    byId('audience').value = me.audience;
    byId('entry').close();
    await Promise.all([refreshList(), showRoute()]);
  } catch (error) {
    if (error.status === 403 && heldAudience() !== null) {
      sessionStorage.removeItem('samenhang-audience');
      return start();
    }
    forgetKey();
    askKey(error.status === 401 || error.status === 403 ? 'This key is not accepted, or may not read.' : error.message);
  }
}

const typing = (target) => target.matches('input, select, textarea') || document.querySelector('dialog[open]') !== null;

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return;
  if (event.key === 'Escape') return goBack(event);
  if (typing(event.target)) return;
  if (event.key === '/') {
    event.preventDefault();
    byId('text').select();
  }
  if (event.key === '?') byId('keys').showModal();
  if (event.key === 'g' && focusGraph !== undefined) focusGraph();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined && event.target.closest('svg') === null) {
    event.preventDefault();
    move(step);
  }
}

function move(step) {
  const inDetail = document.activeElement?.closest('#detail');
  if (!inDetail) return moveInList(step);
  const stops = [...byId('detail').querySelectorAll('a.row, summary')];
  const at = stops.indexOf(document.activeElement);
  stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
}

function goBack(event) {
  if (event.target.id === 'text') {
    event.target.blur();
    return;
  }
  const fromReport = location.hash.startsWith('#/signal/') || location.hash.startsWith('#/observable/');
  if (fromReport) history.back();
  else (byId('incidents').querySelector('[aria-current="true"]') ?? byId('incidents').querySelector('a'))?.focus();
}

function applyTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem('samenhang-theme', theme);
}

applyTheme(localStorage.getItem('samenhang-theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
byId('theme').addEventListener('click', () => applyTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
byId('leave').addEventListener('click', () => {
  forgetKey();
  location.hash = '#/';
  location.reload();
});
byId('audience').addEventListener('change', (event) => {
  holdAudience(event.target.value);
  location.hash = '#/';
  start();
});
byId('search').addEventListener('submit', (event) => {
  event.preventDefault();
  refreshList().then(() => moveInList(1));
});
byId('entry').addEventListener('cancel', (event) => event.preventDefault());
byId('entry-form').addEventListener('submit', (event) => {
  event.preventDefault();
  holdKey(byId('key').value.trim());
  byId('key').value = '';
  start();
});
addEventListener('hashchange', async () => {
  await showRoute();
  byId('detail').focus({ preventScroll: true });
});
addEventListener('keydown', onKey);
addEventListener('judged', ({ detail: sent }) => (sent ? showChanged() : showRoute()));
startList();
if (heldKey() === null) askKey();
else start();
