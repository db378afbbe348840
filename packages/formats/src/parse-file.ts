import { readCsv } from './csv/read-csv.ts';
import { decodeText, sniffEncoding } from './decode-text.ts';
import { looksLikeMail, readMail } from './mail/read-mail.ts';
import { type ParsedFile, type ParseOptions, type Reading, refuse } from './parsed-file.ts';
import { readJson } from './read-json.ts';
import { readXml } from './read-xml.ts';

/** Largest file that is read, in bytes. */
const byteLimit = 64 * 1024 * 1024;

/**
 * Reads a partner's file completely or refuses it with the line or object that is wrong. Never throws or rejects, whatever the bytes; time and
 * memory are linear in their number. `name` is the file's name, which only helps where the content does not say what it is.
 */
export async function parseFile(bytes: Uint8Array, name: string, options: ParseOptions = {}): Promise<ParsedFile> {
  return summarize(await readFileBytes(bytes, name, options));
}

async function readFileBytes(bytes: Uint8Array, name: string, options: ParseOptions): Promise<Reading> {
  if (bytes.length === 0) return refuse('unknown', 'line 1', 'the file is empty');
  if (bytes.length > byteLimit) return refuse('unknown', `byte ${byteLimit}`, `the file is larger than ${byteLimit / 1024 / 1024} MB`);
  const first = firstCharacter(bytes);
  if (first === '') return refuse('unknown', 'line 1', 'the file holds nothing but white space');
  if (first === '<') return readXml(bytes, options);
  if (options.mapping === undefined && looksLikeMail(bytes)) return await readMail(bytes, options);
  const decoded = decodeText(bytes, sniffEncoding(bytes) ?? options.mapping?.encoding ?? 'utf-8');
  if (decoded.kind === 'not-text') return refuse('unknown', 'line 1', `not a text in a format we read: ${decoded.reason}`);
  if (decoded.text.includes('\u0000')) return refuse('unknown', 'line 1', 'not a text in a format we read: it holds zero bytes');
  if (options.mapping !== undefined || (first !== '{' && first !== '[' && /\.(csv|tsv|tab)$/i.test(name)))
    return readCsv(decoded.text, options);
  return readJson(decoded.text, options);
}

const skipped: ReadonlySet<number> = new Set([0, 9, 10, 13, 32, 0xef, 0xbb, 0xbf, 0xfe, 0xff]);

/** The first character that is no white space, in any encoding that keeps ASCII as it is or puts zero bytes around it. */
function firstCharacter(bytes: Uint8Array): string {
  let at = 0;
  while (at < bytes.length && skipped.has(bytes[at] ?? 1)) at += 1;
  return at === bytes.length ? '' : String.fromCharCode(bytes[at] ?? 0);
}

function summarize(reading: Reading): ParsedFile {
  if (reading.kind === 'refused') {
    return {
      format: reading.format,
      signals: [],
      observables: 0,
      relationships: 0,
      dropped: [],
      refused: { at: reading.at, reason: reading.reason },
    };
  }
  if (reading.signals.length === 0 && reading.dropped.length === 0) {
    return summarize(refuse(reading.format, 'the whole file', 'it holds nothing that reports anything'));
  }
  const distinct = new Set<string>();
  for (const signal of reading.signals) for (const { type, value } of signal.observables) distinct.add(`${type}\u0000${value}`);
  const { format, signals, relationships, dropped } = reading;
  return { format, signals, observables: distinct.size, relationships, dropped, refused: null };
}
