/** One story that every example of the API description tells a part of: an embassy and a contact point of the Rapid Alert System report the same cloned news site. */
const anchor = '3f0c9a52-6d0e-5b0a-9d53-0c1b8f1f7a10';
const second = '8a1d6b7e-2f6c-5e0f-8f0d-5a4c1d2e3b21';
const outside = 'c2b7e4d1-9a3f-5c1b-a7e6-7f8091a2b3c4';
const pair = <A, B>(a: A, b: B): [A, B] => [a, b];
const marking = { tlp: 'green' as const, communities: ['ras'] };

const anchorMember = {
  id: anchor,
  source: 'embassy-vilnius',
  sourceType: 'embassy' as const,
  title: 'Cloned news site copies a daily',
  observedAt: '2026-03-02',
};
const secondMember = {
  id: second,
  source: 'ras-lt',
  sourceType: 'ras' as const,
  title: 'Fake article spread on a cloned site',
  observedAt: '2026-03-03',
};
const outsideMember = {
  id: outside,
  source: 'ras-fi',
  sourceType: 'ras' as const,
  title: 'Accounts repeat one article',
  observedAt: '2026-03-04',
};

const link = {
  a: anchor,
  b: second,
  kind: 'link' as const,
  bits: 7.5,
  evidence: [
    { kind: 'domain', value: 'daily-news.example', bits: 6, says: 'both hold the domain daily-news.example' },
    { kind: 'time', bits: 4, says: 'observed within a day' },
    { kind: 'bias', bits: -2.5, says: 'two reports are rarely about one thing' },
  ],
};
const possible = {
  a: second,
  b: outside,
  kind: 'possible' as const,
  bits: 0.5,
  evidence: [{ kind: 'text', bits: 0.5, says: 'the texts are alike' }],
};

const lineage = [
  { cause: 'opened' as const, signals: [anchor], incidents: [], position: 11 },
  { cause: 'joined' as const, signals: [second], incidents: [], position: 14 },
];

const judgement = {
  kind: 'status' as const,
  about: anchor,
  status: 'in_progress' as const,
  reason: 'Two independent posts report it.',
  marking,
  id: '5b6c7d8e-9f01-4a2b-8c3d-4e5f60718293',
  by: 'Ann/0a1b2c3d',
  at: '2026-03-04T09:00:00.000001Z',
  revoked: false,
};

const incident = {
  id: anchor,
  title: anchorMember.title,
  summary:
    '2 reports by 2 sources (1 embassy, 1 RAS) from 2 March 2026 to 3 March 2026, in Lithuania. Theme: democratic-processes. Shared: domain daily-news.example (all of 2).',
  size: 2,
  firstSeen: '2026-03-02T00:00:00.000Z',
  lastSeen: '2026-03-03T23:59:59.999Z',
  themes: ['democratic-processes'],
  domains: ['information', 'political'],
  sectors: ['media'],
  places: [{ country: 'LT' }],
  techniques: [{ framework: 'disarm' as const, id: 'T0143' }],
  sourceTypes: ['embassy' as const, 'ras' as const],
  sources: ['embassy-vilnius', 'ras-lt'],
  marking,
  status: 'in_progress' as const,
  severity: 'moderate' as const,
  judgements: [judgement],
  hybridReach: {
    score: 3,
    joins: [
      { dimension: 'domain' as const, different: 2, points: 3 },
      { dimension: 'sector' as const, different: 1, points: 0 },
      { dimension: 'country' as const, different: 1, points: 0 },
      { dimension: 'theme' as const, different: 1, points: 0 },
    ],
  },
  revision: 15,
  changed: 15,
  rulesetVersion: 'r1',
};

const join = {
  link: possible,
  ends: pair(
    { signal: secondMember, incident: { id: anchor, title: incident.title, size: 2 } },
    { signal: outsideMember, incident: { id: outside, title: outsideMember.title, size: 1 } },
  ),
  rank: 1,
};

const domain = { type: 'domain', value: 'daily-news.example' };

/** An example of every document that is answered, by its name. */
export const examples = {
  incidentPage: {
    items: [incident],
    next: null,
    total: 1,
    facets: { theme: [{ value: 'democratic-processes', count: 1 }], country: [{ value: 'LT', count: 1 }] },
  },
  incidentDetail: {
    ...incident,
    members: [anchorMember, secondMember],
    links: [link, possible],
    possibleLinks: [{ ...possible, incidents: pair(anchor, outside) }],
    lineage,
    counterfactuals: [],
  },
  graph: {
    id: anchor,
    title: incident.title,
    members: 2,
    drawn: 2,
    nodes: [
      { id: anchor, kind: 'signal' as const, label: anchorMember.title },
      { id: second, kind: 'signal' as const, label: secondMember.title },
      { id: outside, kind: 'outside' as const, label: outsideMember.title, incidentId: outside },
      { id: 'observable:domain:daily-news.example', kind: 'observable' as const, label: domain.value },
    ],
    edges: [
      { from: anchor, to: second, kind: 'link' as const, weight: 0.75, label: link.evidence[0]?.says ?? '' },
      { from: second, to: outside, kind: 'possible' as const, weight: 0.05, label: possible.evidence[0]?.says ?? '' },
      { from: anchor, to: 'observable:domain:daily-news.example', kind: 'holds' as const, weight: 1, label: 'domain' },
    ],
  },
  timeline: {
    id: anchor,
    firstSeen: incident.firstSeen,
    lastSeen: incident.lastSeen,
    signals: [
      {
        ...anchorMember,
        start: '2026-03-02T00:00:00.000Z',
        end: '2026-03-02T23:59:59.999Z',
        fidelity: 'day' as const,
        reportedAt: '2026-03-03',
        receivedAt: '2026-03-03T08:00:00.000001Z',
      },
    ],
    judgements: [judgement],
  },
  lineage: { id: anchor, ended: false, heldBy: anchor, lineage },
  possible: { id: anchor, items: [join] },
  review: { items: [join], total: 1 },
  similar: {
    id: anchor,
    items: [
      {
        incident: { ...incident, id: outside, size: 1 },
        points: 4,
        shared: [{ kind: 'observable', value: 'domain:daily-news.example', points: 4 }],
      },
    ],
  },
  recall: {
    id: second,
    state: 'gone' as const,
    incidents: [{ id: anchor, title: incident.title, holds: false, lineage: lineage.slice(1) }],
  },
  sources: {
    items: [{ source: 'ras-lt', sourceType: 'ras' as const, signals: 41, inIncidents: 12, corroborated: 9, retracted: 1 }],
    next: null,
  },
  judgements: { items: [judgement], next: null },
  signal: {
    ...anchorMember,
    externalId: 'VIL-2026-031',
    marking,
    contentHash: '0'.repeat(64),
    receivedAt: '2026-03-03T08:00:00.000001Z',
    firstReceivedAt: '2026-03-03T08:00:00.000001Z',
    flags: [],
    observables: [domain],
    enrichment: { version: '1', language: 'en', mentions: [], observables: [], common: [] },
    trace: {
      receivedAt: '2026-03-03T08:00:00.000001Z',
      enrichedAt: '2026-03-03T08:00:00.020Z',
      correlatedAt: '2026-03-03T08:00:00.040Z',
      queryableAt: '2026-03-03T08:00:00.060Z',
      incidentId: anchor,
    },
  },
  observable: { ...domain, signals: [{ ...anchorMember, incidentId: anchor }], incidents: [incident] },
  me: { role: 'analyst', audience: 'ras-community', audiences: [{ id: 'ras-community', name: 'RAS contact points' }] },
};
