import { h, kindName, shapePath } from './dom.js';
import { formatDay, formatObserved, spanOf } from './format.js';

const width = 1120;
const left = 78;
const right = 22;
const lane = 26;

/** When each member was observed: one lane per kind of source, a bar where only a span is known. */
export function createTimeline(incident, { choose }) {
  const kinds = ['embassy', 'ras', 'sector'].filter((kind) => incident.members.some(({ sourceType }) => sourceType === kind));
  const spans = incident.members.map((member) => ({ member, ...spanOf(member.observedAt) }));
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ end }) => end), first + 86_400_000);
  const scale = (time) => left + ((time - first) / (last - first)) * (width - left - right);
  const height = kinds.length * lane + 30;
  const yOf = (kind) => 16 + kinds.indexOf(kind) * lane;
  const marks = spans.map((span) => drawMark(span, scale, yOf(span.member.sourceType), choose));
  const svg = h(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `Timeline from ${formatDay(first)} to ${formatDay(last)}` },
    kinds.map((kind) => [
      h('line', { class: 'lane', x1: left, x2: width - right, y1: yOf(kind), y2: yOf(kind) }),
      h('text', { x: 0, y: yOf(kind) + 4 }, kindName(kind)),
    ]),
    ticks(first, last).map((time) => [
      h('line', { class: 'tick', x1: scale(time), x2: scale(time), y1: 4, y2: height - 22 }),
      h(
        'text',
        { x: Math.min(scale(time), width - right - 30), y: height - 6, 'text-anchor': time === first ? 'start' : 'middle' },
        formatDay(time),
      ),
    ]),
    marks,
  );
  const show = (choice) => {
    spans.forEach(({ member }, index) => {
      const chosen =
        choice?.member === member.id || (choice?.link !== undefined && (choice.link.a === member.id || choice.link.b === member.id));
      marks[index].classList.toggle('chosen', chosen);
    });
  };
  return { element: h('div', { class: 'card strip' }, svg), show };
}

function drawMark({ member, start, end }, scale, y, choose) {
  const [x1, x2] = [scale(start), scale(end)];
  const wide = x2 - x1 > 12;
  return h(
    'g',
    { class: `mark ${member.sourceType}`, onclick: () => choose({ member: member.id }) },
    h('title', {}, `${member.title}\n${formatObserved(member.observedAt)}`),
    wide ? h('line', { class: 'span', x1, x2, y1: y, y2: y }) : null,
    h('path', { class: 'shape', d: shapePath(member.sourceType, wide ? x1 : (x1 + x2) / 2, y, 6) }),
  );
}

/** Four or five evenly spaced times, each at the start of a day (UTC). */
function ticks(first, last) {
  const times = [0, 0.25, 0.5, 0.75, 1].map((part) => first + part * (last - first));
  const days = last - first > 8 * 86_400_000 ? times.map((time) => Math.floor(time / 86_400_000) * 86_400_000) : [first, last];
  return [...new Set(days.map((time) => Math.max(time, first)))];
}
