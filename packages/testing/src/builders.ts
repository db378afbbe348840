import { type Audience, contentHash, type Enrichment, idOfPosted, PostedSignal, type Signal, type SignalDraft } from '@samenhang/domain';

/** A valid posted signal with its defaults filled in; what is given wins. Throws when what is given makes it invalid. */
export const aPostedSignal = (given: Partial<SignalDraft> = {}): PostedSignal =>
  PostedSignal.parse({
    source: 'embassy-test',
    externalId: 'report-1',
    sourceType: 'embassy',
    title: 'A report',
    observedAt: '2026-03-01T10:00:00Z',
    marking: { tlp: 'green' },
    ...given,
  });

type GivenSignal = Partial<SignalDraft> & Partial<Pick<Signal, 'id' | 'contentHash' | 'receivedAt' | 'firstReceivedAt' | 'flags'>>;

/** A signal as ingest would have accepted it: id and hash follow from its content unless they are given. */
export function aSignal({ id, contentHash: hash, receivedAt, firstReceivedAt, flags, ...given }: GivenSignal = {}): Signal {
  const posted = aPostedSignal(given);
  const content = hash ?? contentHash(posted);
  const received = receivedAt ?? '2026-03-01T12:00:00.000001Z';
  return {
    ...posted,
    id: id ?? idOfPosted(posted, content),
    contentHash: content,
    receivedAt: received,
    firstReceivedAt: firstReceivedAt ?? received,
    flags: flags ?? [],
  };
}

/** What enrichment says of a text in which it found nothing; what is given wins. */
export const anEnrichment = (given: Partial<Enrichment> = {}): Enrichment => ({
  version: 'test',
  language: null,
  mentions: [],
  words: [],
  rareWords: [],
  named: [],
  placeNames: [],
  themes: [],
  domains: [],
  sectors: [],
  observables: [],
  ...given,
});

/** An audience that sees everything up to red; what is given wins. */
export const anAudience = (given: Partial<Audience> = {}): Audience => ({
  id: 'fusion-cell',
  name: 'Fusion cell',
  tlpMax: 'red',
  communities: 'all',
  ...given,
});
