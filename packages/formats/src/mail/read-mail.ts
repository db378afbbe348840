import { hash } from 'node:crypto';
import { type Marking, type PostedSignal, parseTime } from '@samenhang/domain';
import PostalMime, { type Email } from 'postal-mime';
import { countryCode } from '../drafting/country-code.ts';
import { exerciseName } from '../drafting/exercise-name.ts';
import { revisionOfAge } from '../drafting/revision-of-age.ts';
import { draftSignal, type SignalDrafting } from '../drafting/signal-drafting.ts';
import { timeText } from '../drafting/time-text.ts';
import { htmlToText } from '../html/html-to-text.ts';
import { type ParseOptions, type Reading, type Remark, refuse } from '../parsed-file.ts';
import { tlpOfWord } from '../stix/tlp-marking.ts';
import { type BlockKey, takeHeaderBlock } from './header-block.ts';

/** Largest mail that is read, in bytes: what mail servers take. */
const byteLimit = 32 * 1024 * 1024;

/** Most lines of one mail: the parser costs microseconds a line, whatever is on it. */
const lineLimit = 300_000;

function countLines(bytes: Uint8Array): number {
  let lines = 1;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

const headerLine = /^[!-9;-~]{1,60}:/;
const mailHeaders: ReadonlySet<string> = new Set([
  'received',
  'return-path',
  'from',
  'date',
  'subject',
  'message-id',
  'mime-version',
  'to',
  'delivered-to',
  'dkim-signature',
  'x-original-to',
  'reply-to',
  'sender',
  'content-type',
  'arc-seal',
]);

/** True when the bytes begin like an RFC 5322 message: a known header field first and a sender among the first fields. */
export function looksLikeMail(bytes: Uint8Array): boolean {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 16_384));
  const first = start.slice(0, start.indexOf('\n') < 0 ? undefined : start.indexOf('\n'));
  if (!headerLine.test(first) || !mailHeaders.has(first.slice(0, first.indexOf(':')).toLowerCase())) return false;
  return /(^|\n)(from|sender):/i.test(start);
}

/** Reads a mail as the report of a post: the header block of its text gives grade, marking, place and time, its attachments are kept as hashes. */
export async function readMail(bytes: Uint8Array, options: ParseOptions): Promise<Reading> {
  if (bytes.length > byteLimit) return refuse('mail', `byte ${byteLimit}`, `the mail is larger than ${byteLimit / 1024 / 1024} MB`);
  const lines = countLines(bytes);
  if (lines > lineLimit) return refuse('mail', `line ${lineLimit}`, `the mail has more than ${lineLimit} lines`);
  const mail = await parsed(bytes);
  if (typeof mail === 'string') return refuse('mail', 'header', `the mail cannot be read: ${mail}`);
  const { block, text } = takeHeaderBlock(bodyOf(mail));
  const sentAt = timeText(instantOf(mail.date));
  const observedAt = timeText(observedText(block.get('observed'))) ?? sentAt;
  const from = mail.from?.address?.toLowerCase();
  if (from === undefined || from === '') return refuse('mail', 'header From', 'the mail has no sender');
  if (observedAt === undefined) return refuse('mail', 'header Date', 'neither the mail nor its text says when');
  const supersedes = block.get('supersedes');
  const identity = supersedes ?? block.get('reference') ?? mail.messageId;
  const draft = draftSignal({
    at: 'message',
    source: options.source ?? block.get('source') ?? from,
    externalId: identity ?? `sha256:${hash('sha256', bytes, 'hex')}`,
    sourceType: options.sourceType ?? 'embassy',
    title: mail.subject ?? text.split('\n')[0] ?? 'Report without a subject',
    observedAt,
    reportedAt: sentAt,
    kind: kindOf(block.get('kind'), supersedes),
    revision: supersedes === undefined ? 1 : laterRevision(sentAt),
    lang: block.get('language')?.slice(0, 35),
    ...gradeOf(block),
    defaultMarking: options.marking ?? { tlp: 'amber' },
  });
  const dropped = fill(draft, mail, block, text, options);
  const finished = draft.finish();
  return { kind: 'read', format: 'mail', signals: finished.signals, relationships: 0, dropped: [...dropped, ...finished.dropped] };
}

/** The parser throws on messages it refuses, such as nesting or headers beyond its limits: its words are the reason. */
async function parsed(bytes: Uint8Array): Promise<Email | string> {
  try {
    return await PostalMime.parse(bytes, { maxNestingDepth: 20, maxHeadersSize: 1_048_576, attachmentEncoding: 'arraybuffer' });
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : 'it is malformed';
  }
}

const bodyOf = (mail: Email): string => {
  const plain = mail.text?.replaceAll('\r\n', '\n').trim() ?? '';
  return plain !== '' ? plain : htmlToText(mail.html ?? '');
};

function instantOf(date: string | undefined): string | undefined {
  const ms = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** `12-03-2026` and `12.3.2026` are days as embassies of this ministry write them. */
function observedText(text: string | undefined): string | undefined {
  const day = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(text?.trim() ?? '');
  return day === null ? text : `${day[3]}-${day[2]?.padStart(2, '0')}-${day[1]?.padStart(2, '0')}`;
}

/** A replacement comes after what it replaces: its revision is counted from the start of this service's calendar, 2020. */
function laterRevision(sentAt: string | undefined): number {
  const sent = sentAt === undefined ? undefined : parseTime(sentAt)?.startMs;
  return sent === undefined ? 2 : Math.max(2, revisionOfAge(sent - Date.UTC(2020, 0, 1)));
}

function kindOf(text: string | undefined, supersedes: string | undefined): PostedSignal['kind'] {
  const word = text?.trim().toLowerCase() ?? '';
  if (['retraction', 'intrekking', 'withdrawal', 'retrait', 'widerruf'].includes(word)) return 'retraction';
  if (['correction', 'correctie', 'korrektur'].includes(word)) return 'correction';
  return supersedes !== undefined || ['update', 'aanvulling', 'mise a jour'].includes(word) ? 'update' : 'report';
}

type Grade = { readonly reliability?: PostedSignal['reliability']; readonly credibility?: number };

/** `B2`, or the two halves apart; F and 6 mean unknown and give none. */
function gradeOf(block: ReadonlyMap<BlockKey, string>): Grade {
  const both = /^\s*([A-F])\s*[-/ ]?\s*([1-6])\b/i.exec(block.get('grade') ?? '');
  const letter = (both?.[1] ?? /^\s*([A-F])\b/i.exec(block.get('reliability') ?? '')?.[1])?.toUpperCase();
  const digit = Number(both?.[2] ?? /^\s*([1-6])\b/.exec(block.get('credibility') ?? '')?.[1] ?? 6);
  return {
    ...(letter === 'A' || letter === 'B' || letter === 'C' || letter === 'D' || letter === 'E' ? { reliability: letter } : {}),
    ...(digit < 6 ? { credibility: digit } : {}),
  };
}

const listed = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(/[,;]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

function fill(
  draft: SignalDrafting,
  mail: Email,
  block: ReadonlyMap<BlockKey, string>,
  text: string,
  options: ParseOptions,
): readonly Remark[] {
  const dropped: Remark[] = [];
  draft.line(text);
  draft.marking(markingOf(mail, block, options, dropped));
  const country = countryCode(block.get('country'));
  if (block.has('country') && country === undefined) draft.place({ name: block.get('country') ?? '' });
  const places = listed(block.get('place'));
  for (const name of places) draft.place({ name, ...(country === undefined ? {} : { country }) });
  if (places.length === 0 && country !== undefined) draft.place({ country });
  for (const sector of listed(block.get('sector'))) draft.list('sectors', sector);
  for (const theme of listed(block.get('theme'))) draft.list('themes', theme);
  for (const target of listed(block.get('target'))) draft.list('targets', target);
  for (const url of listed(block.get('origin'))) draft.url(url);
  for (const attachment of mail.attachments) {
    const content = typeof attachment.content === 'string' ? Buffer.from(attachment.content) : new Uint8Array(attachment.content);
    draft.attachment(attachment.filename ?? attachment.mimeType, hash('sha256', content, 'hex'));
  }
  return dropped;
}

/** The marking of the block or the subject; words that name no level leave the channel's default and are remarked on. */
function markingOf(mail: Email, block: ReadonlyMap<BlockKey, string>, options: ParseOptions, dropped: Remark[]): Marking {
  const said = block.get('marking');
  const level = tlpOfWord(said ?? '') ?? tlpOfWord(/\bTLP:\s?[A-Z]+(\+STRICT)?/i.exec(said ?? mail.subject ?? '')?.[0] ?? '');
  if (said !== undefined && level === undefined)
    dropped.push({ at: 'header block', reason: `the marking "${said.slice(0, 60)}" names no TLP level; the channel's own was given` });
  const communities = listed(block.get('communities')).map((word) => exerciseName(word));
  const loud = /^\W*(?:exercise|oefening|exercice|übung)\b[\s:-]*(.{0,60})/i.exec(mail.subject ?? '');
  const exercise =
    block.get('exercise') ??
    (loud === null
      ? undefined
      : loud[1]
          ?.replaceAll(/\b(exercise|oefening)\b/gi, '')
          .trim()
          .split(/\s*[:–-]\s/)[0]);
  const base = level === undefined ? (options.marking ?? { tlp: 'amber' as const }) : { tlp: level };
  return {
    ...base,
    ...(communities.length > 0 ? { communities: communities.slice(0, 50) } : {}),
    ...(exercise === undefined ? {} : { exercise: exerciseName(exercise) }),
  };
}
