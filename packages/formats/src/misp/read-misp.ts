import { hash } from 'node:crypto';
import type { Marking, PostedSignal } from '@samenhang/domain';
import { revisionOfAge } from '../drafting/revision-of-age.ts';
import { draftSignal, type SignalDrafting } from '../drafting/signal-drafting.ts';
import { instantOfSeconds, observedBetween, startMsOf, timeText } from '../drafting/time-text.ts';
import { htmlToText } from '../html/html-to-text.ts';
import { isObject, type JsonObject, listOf, member, numberOf, objectOf, objectsOf, textOf } from '../json/json-value.ts';
import type { LocatedValue } from '../native/read-signals.ts';
import { type ParseOptions, type Reading, type Remark, refuse } from '../parsed-file.ts';
import { meaningOfAttribute } from './attribute-values.ts';
import { readEventTags, speakForGalaxies, speakForTag, tagsOf } from './tag-meaning.ts';

/** True for what MISP exports: an event, a list of them, or a response that holds them. */
export const looksLikeMisp = (value: unknown): boolean => eventsOf({ at: '$', value }) !== undefined;

const isEvent = (value: unknown): boolean =>
  isObject(value) &&
  textOf(value, 'info') !== undefined &&
  (Array.isArray(member(value, 'Attribute')) || Array.isArray(member(value, 'Object')) || isObject(member(value, 'Orgc')));

/** The events of one value of the file, or undefined when it is nothing of MISP's. */
function eventsOf({ at, value }: LocatedValue): readonly LocatedValue[] | undefined {
  if (!isObject(value)) return undefined;
  if (isEvent(value)) return [{ at, value }];
  const prefix = at === '$' ? '' : `${at}.`;
  const event = objectOf(value, 'Event');
  if (event !== undefined) return isEvent(event) ? [{ at: `${prefix}Event`, value: event }] : undefined;
  const response = member(value, 'response');
  const items = Array.isArray(response) ? response : [response];
  const found = items.map((item, index) =>
    isObject(item) ? eventsOf({ at: `${prefix}response[${index}]`, value: objectOf(item, 'Event') ?? item }) : undefined,
  );
  return response !== undefined && found.length > 0 && found.every((events) => events !== undefined) ? found.flat() : undefined;
}

/** Reads MISP events: one signal each, with the observables of its attributes and objects. */
export function readMisp(items: readonly LocatedValue[], options: ParseOptions): Reading {
  const signals: PostedSignal[] = [];
  const dropped: Remark[] = [];
  let relationships = 0;
  for (const item of items) {
    const events = eventsOf(item);
    if (events === undefined) dropped.push({ at: item.at, reason: 'no MISP event' });
    for (const event of events ?? []) {
      if (!isObject(event.value)) continue;
      const read = readEvent(event.at, event.value, options);
      signals.push(...read.signals);
      dropped.push(...read.dropped);
      relationships += read.relationships;
    }
  }
  return signals.length === 0 && dropped.length === 0
    ? refuse('misp', '$', 'the file holds no MISP event')
    : { kind: 'read', format: 'misp', signals, relationships, dropped };
}

function readEvent(
  at: string,
  event: JsonObject,
  options: ParseOptions,
): { readonly signals: readonly PostedSignal[]; readonly dropped: readonly Remark[]; readonly relationships: number } {
  const dropped: Remark[] = [];
  const tags = readEventTags(tagsOf(event));
  const attributes = attributesOf(at, event);
  const observedAt = timeText(textOf(event, 'date')) ?? seenIn(attributes) ?? instantOfSeconds(numberOf(event, 'timestamp'));
  if (observedAt === undefined) return { signals: [], dropped: [{ at, reason: 'an event without a date' }], relationships: 0 };
  const draft = draftSignal({
    at,
    source: options.source ?? organisationOf(event),
    externalId: textOf(event, 'uuid') ?? `${organisationOf(event)}/${textOf(event, 'id') ?? textOf(event, 'info')}`,
    sourceType: options.sourceType ?? 'sector',
    title: textOf(event, 'info') ?? 'MISP event',
    observedAt,
    reportedAt: instantOfSeconds(numberOf(event, 'publish_timestamp')) ?? instantOfSeconds(numberOf(event, 'timestamp')),
    revision: revisionOf(event, attributes),
    ...(member(event, 'deleted') === true ? { kind: 'retraction' } : {}),
    reliability: tags.reliability,
    credibility: tags.credibility,
    defaultMarking: options.marking ?? distributionOf(event),
    raw: Object.fromEntries(
      Object.entries(event).filter(
        ([key]) => !['Attribute', 'Object', 'Galaxy', 'RelatedEvent', 'ShadowAttribute', 'EventReport'].includes(key),
      ),
    ),
  });
  for (const tag of tagsOf(event)) speakForTag(tag, draft);
  if (!tagsOf(event).some((tag) => tag.toLowerCase().startsWith('tlp:'))) draft.marking(options.marking ?? distributionOf(event));
  if (tags.exercise !== undefined) draft.marking({ tlp: 'clear', exercise: tags.exercise });
  speakForGalaxies(event, draft);
  for (const report of objectsOf(event, 'EventReport')) speakForReport(report, draft);
  for (const { at: where, value } of attributes) {
    const reason = speakForAttribute(value, draft);
    if (reason !== undefined) dropped.push({ at: where, reason });
  }
  dropped.push(...shadowsOf(at, event));
  const finished = draft.finish();
  return { signals: finished.signals, dropped: [...dropped, ...finished.dropped], relationships: relationshipsOf(event) };
}

interface Located {
  readonly at: string;
  readonly value: JsonObject;
}

/** Attributes of the event and of its objects; those of a deleted object are deleted. */
function attributesOf(at: string, event: JsonObject): readonly Located[] {
  const own = objectsOf(event, 'Attribute').map((value, index) => ({ at: `${at}.Attribute[${index}]`, value }));
  const nested = objectsOf(event, 'Object').flatMap((object, number) =>
    objectsOf(object, 'Attribute').map((value, index) => ({
      at: `${at}.Object[${number}].Attribute[${index}]`,
      value: isDeleted(object) ? { ...value, deleted: true } : value,
    })),
  );
  return [...own, ...nested];
}

const isDeleted = (value: JsonObject): boolean =>
  member(value, 'deleted') === true || member(value, 'deleted') === '1' || member(value, 'deleted') === 1;

const organisationOf = (event: JsonObject): string =>
  textOf(objectOf(event, 'Orgc') ?? {}, 'name') ?? textOf(objectOf(event, 'Org') ?? {}, 'name') ?? 'unnamed MISP organisation';

function revisionOf(event: JsonObject, attributes: readonly Located[]): number {
  const start = startMsOf(textOf(event, 'date'));
  const newest = Math.max(
    0,
    ...[event, ...attributes.slice(0, 50_000).map(({ value }) => value)].map((value) => numberOf(value, 'timestamp') ?? 0),
  );
  return start === undefined || newest === 0 ? 1 : revisionOfAge(newest * 1_000 - start);
}

function seenIn(attributes: readonly Located[]) {
  const seen = attributes.find(({ value }) => textOf(value, 'first_seen') !== undefined)?.value;
  return seen === undefined ? undefined : observedBetween(textOf(seen, 'first_seen'), textOf(seen, 'last_seen'));
}

/** Without a TLP tag, MISP's distribution says how far the event may go; a sharing group is treated as the organisation. */
function distributionOf(event: JsonObject): Marking {
  const level = numberOf(event, 'distribution');
  if (level === 0 || level === 4) return { tlp: 'amber+strict' };
  return { tlp: level === 2 || level === 3 ? 'green' : 'amber' };
}

/** Adds what an attribute says, or gives the reason why it says nothing. */
function speakForAttribute(attribute: JsonObject, draft: SignalDrafting): string | undefined {
  const type = textOf(attribute, 'type');
  const value = textOf(attribute, 'value') ?? numberOf(attribute, 'value')?.toString();
  if (isDeleted(attribute)) return 'an attribute that was deleted';
  if (type === undefined || value === undefined) return 'an attribute without a type or value';
  const meaning = meaningOfAttribute(type, textOf(attribute, 'category') ?? '', value);
  if (meaning.kind === 'silent') return meaning.reason;
  for (const tag of tagsOf(attribute)) speakForTag(tag, draft);
  speakForGalaxies(attribute, draft);
  if (meaning.kind === 'reference') draft.url(value);
  else if (meaning.kind === 'text') draft.line(value);
  else for (const found of meaning.values) draft.observable(found.type, found.value);
  const comment = textOf(attribute, 'comment');
  if (comment !== undefined) draft.line(comment);
  const content = textOf(attribute, 'data');
  if (content !== undefined) draft.attachment(value, hash('sha256', Buffer.from(content, 'base64'), 'hex'));
  return undefined;
}

function speakForReport(report: JsonObject, draft: SignalDrafting): void {
  if (isDeleted(report)) return;
  const name = textOf(report, 'name');
  const content = textOf(report, 'content');
  if (name !== undefined) draft.line(name);
  if (content !== undefined) draft.line(/<[a-z/]/i.test(content) ? htmlToText(content) : content);
}

/** Proposals to change an event are not part of it until its owner accepts them. */
const shadowsOf = (at: string, event: JsonObject): readonly Remark[] =>
  listOf(event, 'ShadowAttribute').map((_, index) => ({
    at: `${at}.ShadowAttribute[${index}]`,
    reason: 'a proposal that the owner of the event has not accepted',
  }));

const relationshipsOf = (event: JsonObject): number =>
  listOf(event, 'RelatedEvent').length +
  objectsOf(event, 'Object').reduce((sum, object) => sum + listOf(object, 'ObjectReference').length, 0);
