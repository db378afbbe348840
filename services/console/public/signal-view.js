import { h, kindIcon, kindName } from './dom.js';
import { formatInstant, formatObserved, formatPlace, plural } from './format.js';

/** One report as it was received, with what was found in its text marked, and when it went through. */
export function viewSignal({ enrichment, trace, ...signal }) {
  const facts = [
    ['Observed', formatObserved(signal.observedAt)],
    ['Reported', signal.reportedAt === undefined ? undefined : formatInstant(signal.reportedAt)],
    ['Places', signal.places.map(formatPlace).join(' · ')],
    ['Themes', signal.themes.join(', ')],
    ['Sectors', signal.sectors.join(', ')],
    ['Targets', signal.targets.join(', ')],
    ['Techniques', signal.techniques.map(({ framework, id }) => `${framework.toUpperCase()} ${id}`).join(', ')],
    ['Grade', [signal.reliability, signal.credibility].filter((part) => part !== undefined).join('')],
    ['Received', formatInstant(trace.receivedAt)],
    ['To be queried', trace.queryableAt === null ? undefined : formatInstant(trace.queryableAt)],
  ].filter(([, value]) => value !== undefined && value !== '');
  const found = enrichment?.observables ?? [];
  return [
    trace.incidentId === null ? null : h('a', { class: 'back', href: `#/incident/${trace.incidentId}` }, '← The incident it is in'),
    h(
      'section',
      { class: 'card report' },
      h(
        'div',
        { class: 'head' },
        h(
          'div',
          { class: 'tags' },
          h(
            'span',
            { class: `tag tlp ${signal.marking.tlp === 'amber+strict' ? 'strict' : signal.marking.tlp}` },
            `TLP:${signal.marking.tlp.toUpperCase()}`,
          ),
          h('span', { class: 'tag' }, kindIcon(signal.sourceType), ` ${kindName(signal.sourceType)}`),
          h('span', { class: 'tag' }, signal.source),
          h('span', { class: 'tag' }, `${signal.kind}, revision ${signal.revision}`),
          signal.flags.map((flag) => h('span', { class: 'tag' }, flag)),
        ),
      ),
      ...markedText(signal, enrichment?.mentions ?? []),
    ),
    h(
      'section',
      { class: 'block' },
      h('h2', {}, 'Facts'),
      h(
        'div',
        { class: 'card report' },
        h(
          'dl',
          {},
          facts.map(([name, value]) => [h('dt', {}, name), h('dd', { dir: 'auto' }, value)]),
        ),
      ),
    ),
    signal.observables.length + found.length === 0
      ? null
      : h(
          'section',
          { class: 'block' },
          h(
            'h2',
            {},
            'Observables',
            h('span', { class: 'quiet' }, `${signal.observables.length} reported, ${found.length} found in the text`),
          ),
          h('div', { class: 'card report values' }, [...signal.observables, ...found].slice(0, 300).map(valueLink)),
        ),
  ].filter(Boolean);
}

const valueLink = ({ type, value }) =>
  h('a', { href: `#/observable/${encodeURIComponent(type)}/${encodeURIComponent(value)}` }, h('small', {}, `${type} `), value);

/** Title and text with the mentions marked; spans are counted over title, line break and text, and longer ones win. */
function markedText({ title, text }, mentions) {
  const running = `${title}\n${text}`;
  const spans = [];
  for (const mention of [...mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mention.start >= (spans.at(-1)?.end ?? 0) && mention.end <= running.length) spans.push(mention);
  }
  const pieces = (from, to) => {
    const out = [];
    let at = from;
    for (const { start, end, kind } of spans) {
      if (start < at || end > to) continue;
      out.push(running.slice(at, start), h('mark', { title: kind.replace('-', ' ') }, running.slice(start, end)));
      at = end;
    }
    return [...out, running.slice(at, to)];
  };
  return [
    h('div', { class: 'head' }, h('h1', { dir: 'auto' }, pieces(0, title.length))),
    text === '' ? null : h('div', { class: 'body', dir: 'auto' }, pieces(title.length + 1, running.length)),
  ];
}

/** Everything that holds one observable. */
export function viewObservable({ type, value, signals, incidents }) {
  return [
    h(
      'header',
      { class: 'head' },
      h('div', { class: 'tags' }, h('span', { class: 'tag' }, type)),
      h('h1', {}, value),
      h('p', { class: 'summary' }, `In ${plural(signals.length, 'report')} and ${plural(incidents.length, 'incident')}.`),
    ),
    h(
      'section',
      { class: 'block' },
      h('h2', {}, 'Incidents'),
      h(
        'ol',
        { class: 'card rows' },
        incidents.map((incident) =>
          h(
            'li',
            {},
            h(
              'a',
              { class: 'row', href: `#/incident/${incident.id}` },
              h('span'),
              h('span', { class: 'title', dir: 'auto' }, incident.title),
              h('span', { class: 'when' }, plural(incident.size, 'report')),
            ),
          ),
        ),
      ),
    ),
    h(
      'section',
      { class: 'block' },
      h('h2', {}, 'Reports'),
      h(
        'ol',
        { class: 'card rows' },
        signals.map((signal) =>
          h(
            'li',
            {},
            h(
              'a',
              { class: 'row', href: `#/signal/${signal.id}` },
              kindIcon(signal.sourceType),
              h('span', { class: 'title', dir: 'auto' }, signal.title),
              h('span', { class: 'when' }, formatObserved(signal.observedAt)),
              h('span', { class: 'from' }, signal.source),
            ),
          ),
        ),
      ),
    ),
  ];
}
