import { hash } from 'node:crypto';
import type { Marking, PostedSignal } from '@samenhang/domain';
import { countryCode } from '../drafting/country-code.ts';
import { exerciseName } from '../drafting/exercise-name.ts';
import { revisionOfAge } from '../drafting/revision-of-age.ts';
import { draftSignal, type SignalDrafting } from '../drafting/signal-drafting.ts';
import { timeText } from '../drafting/time-text.ts';
import { htmlToText } from '../html/html-to-text.ts';
import { type FileFormat, type ParseOptions, type Reading, type Remark, refuse } from '../parsed-file.ts';
import { childrenOf, childText, findElements, type XmlElement } from '../xml/xml-element.ts';
import { type CapReference, checkCap, pointOf, readReferences } from './check-cap.ts';

const namespaces: ReadonlyMap<string, FileFormat> = new Map([
  ['urn:oasis:names:tc:emergency:cap:1.2', 'cap-1.2'],
  ['urn:oasis:names:tc:emergency:cap:1.1', 'cap-1.1'],
]);

/** Every CAP alert in the document: the root, or those that a feed or envelope carries. */
export const findAlerts = (root: XmlElement): readonly XmlElement[] =>
  findElements(root, ({ name, namespace }) => name === 'alert' && namespaces.has(namespace));

/** Reads CAP 1.1 and 1.2. One alert is one signal in all its languages; an update is a later revision of the first message, a cancellation retracts it. */
export function readCap(alerts: readonly XmlElement[], text: string, options: ParseOptions): Reading {
  const signals: PostedSignal[] = [];
  const dropped: Remark[] = [];
  let format: FileFormat = 'cap-1.2';
  for (const alert of alerts) {
    format = namespaces.get(alert.namespace) ?? format;
    const wrong = checkCap(alert);
    if (wrong !== undefined && alerts.length === 1) return refuse(format, wrong.at, `no valid CAP message: ${wrong.reason}`);
    const reason = wrong === undefined ? reasonToDrop(alert) : `no valid CAP message: ${wrong.reason}`;
    if (reason !== undefined) dropped.push({ at: wrong?.at ?? `line ${alert.line}`, reason });
    else {
      for (const draft of draftsOf(alert, alerts.length === 1 ? text : undefined, options)) {
        const finished = draft.finish();
        signals.push(...finished.signals);
        dropped.push(...finished.dropped);
      }
    }
  }
  return { kind: 'read', format, signals, relationships: 0, dropped };
}

function reasonToDrop(alert: XmlElement): string | undefined {
  const status = childText(alert, 'status');
  const type = childText(alert, 'msgType');
  if (status === 'Test') return 'a test message (status Test), which everyone shall disregard';
  if (status === 'Draft') return 'a draft (status Draft), which is not meant to be acted on';
  if (status === 'System') return 'a message for the alerting network itself (status System)';
  if (type === 'Ack' || type === 'Error') return `a message about a message (msgType ${type})`;
  return undefined;
}

interface Message {
  readonly sender: string;
  readonly identifier: string;
  readonly sent: string;
}

/** The signal of the message, and for every other message that it replaces or cancels a retraction. */
function draftsOf(alert: XmlElement, raw: string | undefined, options: ParseOptions): readonly SignalDrafting[] {
  const message: Message = {
    sender: childText(alert, 'sender') ?? '',
    identifier: childText(alert, 'identifier') ?? '',
    sent: timeText(childText(alert, 'sent')) ?? '',
  };
  const type = childText(alert, 'msgType');
  const [first, ...others] = type === 'Alert' ? [] : (readReferences(childText(alert, 'references') ?? '') ?? []);
  const main = draftMessage(
    alert,
    message,
    { first, kind: type === 'Cancel' ? 'retraction' : type === 'Update' ? 'update' : 'report' },
    raw,
    options,
  );
  return [main, ...others.map((other) => draftMessage(alert, message, { first: other, kind: 'retraction' }, undefined, options))];
}

const millis = (time: string): number => Date.parse(time);

function draftMessage(
  alert: XmlElement,
  message: Message,
  role: { readonly first: CapReference | undefined; readonly kind: PostedSignal['kind'] },
  raw: string | undefined,
  options: ParseOptions,
): SignalDrafting {
  const origin = role.first ?? message;
  const blocks = childrenOf(alert, 'info');
  const block = blocks[0];
  const draft = draftSignal({
    at: `line ${alert.line}`,
    source: options.source ?? origin.sender,
    externalId: `${origin.sender},${origin.identifier}`,
    sourceType: options.sourceType ?? 'sector',
    title:
      (block === undefined ? undefined : (childText(block, 'headline') ?? childText(block, 'event'))) ??
      `CAP message ${message.identifier}`,
    observedAt: timeText(block === undefined ? undefined : (childText(block, 'onset') ?? childText(block, 'effective'))) ?? message.sent,
    reportedAt: message.sent,
    revision: role.first === undefined ? 1 : Math.max(2, revisionOfAge(millis(message.sent) - millis(role.first.sent))),
    kind: role.kind,
    lang: block === undefined ? undefined : childText(block, 'language'),
    defaultMarking: options.marking ?? { tlp: 'amber' },
    ...(raw === undefined ? {} : { raw }),
  });
  draft.marking(markingOf(alert));
  const note = childText(alert, 'note');
  if (note !== undefined) draft.line(note);
  for (const incident of childText(alert, 'incidents')?.split(/\s/) ?? []) draft.observable('incident-id', incident);
  for (const one of blocks) speakForBlock(one, draft, one === block);
  return draft;
}

/** Public is TLP:CLEAR; Restricted and Private name who may see it, and never leave the organisation by us. */
function markingOf(alert: XmlElement): Marking {
  const tlp = childText(alert, 'scope') === 'Public' ? 'clear' : childText(alert, 'scope') === 'Restricted' ? 'amber+strict' : 'red';
  if (childText(alert, 'status') !== 'Exercise') return { tlp };
  return { tlp, exercise: exerciseName(childText(alert, 'incidents') ?? childText(alert, 'note')) };
}

const themes: ReadonlyMap<string, string> = new Map([
  ['Geo', 'geophysical'],
  ['Met', 'meteorological'],
  ['Safety', 'public-safety'],
  ['Security', 'security'],
  ['Rescue', 'rescue'],
  ['Fire', 'fire'],
  ['Health', 'health'],
  ['Env', 'environment'],
  ['Transport', 'transport'],
  ['Infra', 'vital-infrastructure'],
  ['CBRNE', 'cbrne'],
]);

function speakForBlock(block: XmlElement, draft: SignalDrafting, leads: boolean): void {
  for (const category of childrenOf(block, 'category')) {
    const theme = themes.get(category.text.trim());
    if (theme !== undefined) draft.list('themes', theme);
  }
  // The first headline is the title.
  for (const name of [...(leads ? [] : ['headline']), 'description', 'instruction', 'contact']) {
    const text = childText(block, name);
    if (text !== undefined) draft.line(/<[a-z/]/i.test(text) ? htmlToText(text) : text);
  }
  const web = childText(block, 'web');
  if (web !== undefined) draft.url(web);
  for (const resource of childrenOf(block, 'resource')) speakForResource(resource, draft);
  for (const area of childrenOf(block, 'area')) speakForArea(area, draft);
}

function speakForResource(resource: XmlElement, draft: SignalDrafting): void {
  const name = childText(resource, 'resourceDesc') ?? 'resource';
  const inline = childText(resource, 'derefUri');
  const uri = childText(resource, 'uri');
  if (inline !== undefined) draft.attachment(name, hash('sha256', Buffer.from(inline, 'base64'), 'hex'));
  if (uri !== undefined) draft.url(uri);
}

/** The middle of the circle or polygon, and the country when a geocode (ISO 3166, NUTS, EMMA) names it. */
function speakForArea(area: XmlElement, draft: SignalDrafting): void {
  const circle = pointOf(childText(area, 'circle')?.split(/\s/)[0] ?? '');
  const point = circle ?? middleOf(childText(area, 'polygon'));
  const codes = childrenOf(area, 'geocode').map((code) => ({
    system: childText(code, 'valueName')?.toLowerCase() ?? '',
    value: childText(code, 'value') ?? '',
  }));
  const national = codes.find(
    ({ system, value }) => ['iso', 'nuts', 'emma'].some((word) => system.includes(word)) && /^[A-Z]{2}/.test(value),
  );
  const country = countryCode(national?.value.slice(0, 2).replace('EL', 'GR').replace('UK', 'GB'));
  const name = childText(area, 'areaDesc');
  draft.place({ ...(name === undefined ? {} : { name }), ...(country === undefined ? {} : { country }), ...point });
}

function middleOf(polygon: string | undefined): { readonly lat: number; readonly lon: number } | undefined {
  const points =
    polygon
      ?.split(/\s/)
      .flatMap((point) => pointOf(point) ?? [])
      .slice(1) ?? [];
  if (points.length === 0) return undefined;
  const mean = (values: readonly number[]): number =>
    Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10_000) / 10_000;
  return { lat: mean(points.map(({ lat }) => lat)), lon: mean(points.map(({ lon }) => lon)) };
}
