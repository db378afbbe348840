import { get, post } from './api.js';
import { byId, h } from './dom.js';

const statuses = { new: 'New', in_progress: 'In progress', on_hold: 'On hold', resolved: 'Resolved', closed: 'Closed' };

/** Buttons by which an analyst says that two reports belong together, or do not. */
export const judgePair = ({ a, b }) =>
  h(
    'div',
    { class: 'judge' },
    h('span', { class: 'quiet' }, 'Your judgement wins over any evidence:'),
    h('button', { type: 'button', onclick: () => ask('These belong together', { kind: 'same', a, b }) }, 'Belong together'),
    h('button', { type: 'button', onclick: () => ask('These do not belong together', { kind: 'not-same', a, b }) }, 'Do not'),
  );

/** Where an incident stands, to be changed. */
export function judgeStatus({ id, status }) {
  const change = (event) => ask(`Status: ${statuses[event.target.value]}`, { kind: 'status', about: id, status: event.target.value });
  const options = Object.entries(statuses).map(([value, name]) => h('option', { value, selected: value === status }, name));
  return h('select', { class: 'status', 'aria-label': 'Status', onchange: change }, options);
}

export const noteButton = ({ id }) =>
  h('button', { type: 'button', class: 'plain', onclick: () => ask('A note on this incident', { kind: 'note', about: id }) }, 'Add a note');

/** What analysts decided so far, newest first. */
export function judgementRows(judgements) {
  const line = (judgement) =>
    h(
      'li',
      {},
      h(
        'div',
        { class: 'report-line' },
        h('span', { dir: 'auto' }, h('strong', {}, saysOf(judgement)), judgement.reason === '' ? '' : ` — ${judgement.reason}`),
        h('span', { class: 'quiet' }, `${judgement.by.split('/')[0]}, ${judgement.at.slice(0, 16).replace('T', ' ')}`),
      ),
    );
  return h('ol', { class: 'card rows' }, [...judgements].reverse().map(line));
}

function saysOf(judgement) {
  switch (judgement.kind) {
    case 'status':
      return `Status: ${statuses[judgement.status]}`;
    case 'severity':
      return `Severity: ${judgement.severity}`;
    case 'assessment':
      return `${judgement.statement} (${judgement.likelihood}, ${judgement.confidence} confidence)`;
    case 'attribution':
      return `${judgement.actor}, ${judgement.responsibility.replaceAll('-', ' ')} (${judgement.likelihood}, ${judgement.confidence} confidence)`;
    default:
      return judgement.text ?? judgement.kind;
  }
}

function ask(title, draft) {
  const dialog = byId('judge');
  byId('judge-title').textContent = title;
  byId('reason').value = '';
  byId('judge-problem').textContent = '';
  byId('judge-form').onsubmit = async (event) => {
    if (event.submitter?.value === 'cancel') return;
    event.preventDefault();
    const said = byId('reason').value.trim();
    try {
      await send(draft.kind === 'note' ? { ...draft, text: said } : { ...draft, reason: said });
      dialog.close('sent');
    } catch (error) {
      byId('judge-problem').textContent = error.message;
    }
  };
  dialog.returnValue = '';
  dialog.onclose = () => dispatchEvent(new CustomEvent('judged', { detail: dialog.returnValue === 'sent' }));
  dialog.showModal();
}

/** The judgement is shown exactly to those who may see all that it is about. */
async function send(draft) {
  const ids = draft.about === undefined ? [draft.a, draft.b] : [draft.about];
  const markings = await Promise.all(ids.map(async (id) => (await get(`/v1/signals/${id}`)).marking));
  return post('/v1/judgements', { ...draft, marking: markings.reduce(narrower) });
}

const levels = ['clear', 'green', 'amber', 'amber+strict', 'red'];

function narrower(a, b) {
  const tlp = levels[Math.max(levels.indexOf(a.tlp), levels.indexOf(b.tlp))];
  const [own, other] = [a.communities ?? [], b.communities ?? []];
  const communities = own.length === 0 ? other : other.length === 0 ? own : own.filter((community) => other.includes(community));
  const exercise = a.exercise ?? b.exercise;
  return { tlp, communities, ...(exercise === undefined ? {} : { exercise }) };
}
