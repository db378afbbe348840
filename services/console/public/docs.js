import { byId, h } from './dom.js';

const description = await (await fetch('/openapi.json')).json();
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
const groups = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? 'service');

document.documentElement.dataset.theme =
  localStorage.getItem('samenhang-theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
byId('operations').replaceChildren(
  h(
    'p',
    {},
    'Send "Authorization: Bearer KEY". Analyst keys answer for one audience per request, named by the header Samenhang-Audience. Every error is an RFC 9457 problem document.',
  ),
  ...[...groups].map(([tag, members]) => h('section', {}, h('h2', {}, tag), members.map(operationOf))),
);

function operationOf({ path, method, operation }) {
  return h(
    'details',
    { class: 'card' },
    h('summary', {}, h('b', { class: method }, method), h('code', {}, path), h('span', { class: 'quiet' }, operation.summary ?? '')),
    h('div', { class: 'inside' }, parametersOf(operation), bodyOf(operation), answersOf(operation)),
  );
}

function parametersOf({ parameters = [] }) {
  const line = ({ name, in: where, schema, description, required }) => [
    h('dt', {}, name),
    h('dd', {}, [where, required ? 'required' : '', typeOf(schema), description ?? schema?.description ?? ''].filter(Boolean).join(' · ')),
  ];
  return parameters.length === 0 ? null : h('dl', {}, parameters.map(line));
}

function typeOf(schema = {}) {
  return [schema.enum?.join(' | ') ?? schema.type ?? '', schema.default === undefined ? '' : `default ${schema.default}`]
    .filter(Boolean)
    .join(', ');
}

function schemaOf(part) {
  return Object.values(part?.content ?? {})[0]?.schema;
}

function bodyOf({ requestBody }) {
  const schema = schemaOf(requestBody);
  return schema === undefined ? null : h('div', {}, h('p', { class: 'quiet' }, 'Body'), h('pre', {}, JSON.stringify(schema, null, 2)));
}

function answersOf({ responses = {} }) {
  return Object.entries(responses).map(([status, answer]) => {
    const schema = schemaOf(answer);
    return h(
      'div',
      {},
      h('p', { class: 'quiet' }, `Answer ${status}`),
      schema === undefined ? null : h('pre', {}, JSON.stringify(schema, null, 2)),
    );
  });
}
