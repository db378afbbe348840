import type { IncidentSummary } from '@samenhang/domain';

/** What an analyst would read of an incident of one member about which nothing is known; what is given wins. */
export const anIncidentSummary = (given: Partial<IncidentSummary> = {}): IncidentSummary => ({
  id: '00000000-0000-5000-8000-000000000000',
  title: 'An incident',
  summary: '',
  size: 1,
  firstSeen: '2026-03-01T00:00:00.000Z',
  lastSeen: '2026-03-02T00:00:00.000Z',
  themes: [],
  domains: [],
  sectors: [],
  places: [],
  techniques: [],
  sourceTypes: ['ras'],
  sources: [],
  marking: { tlp: 'green', communities: [] },
  status: 'new',
  severity: 'low',
  judgements: [],
  revision: 1,
  rulesetVersion: 'r',
  ...given,
});
