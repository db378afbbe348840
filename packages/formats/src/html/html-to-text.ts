const blocks: ReadonlySet<string> = new Set([
  'p',
  'div',
  'br',
  'li',
  'tr',
  'table',
  'ul',
  'ol',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'pre',
  'hr',
  'section',
  'article',
  'header',
  'footer',
  'dt',
  'dd',
]);
const hidden: ReadonlySet<string> = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg']);

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['euro', '€'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['eacute', 'é'],
  ['egrave', 'è'],
  ['agrave', 'à'],
  ['ccedil', 'ç'],
  ['auml', 'ä'],
  ['ouml', 'ö'],
  ['uuml', 'ü'],
  ['szlig', 'ß'],
  ['euml', 'ë'],
  ['iuml', 'ï'],
]);

/** One character reference that starts at `at`, with the offset after it; the ampersand itself when it is none. */
function readEntity(html: string, at: number): { readonly text: string; readonly next: number } {
  const end = html.indexOf(';', at);
  if (end < 0 || end - at > 12) return { text: '&', next: at + 1 };
  const name = html.slice(at + 1, end);
  const code =
    name.startsWith('#x') || name.startsWith('#X')
      ? Number.parseInt(name.slice(2), 16)
      : name.startsWith('#')
        ? Number.parseInt(name.slice(1), 10)
        : Number.NaN;
  if (code > 0 && code <= 0x10ffff) return { text: String.fromCodePoint(code), next: end + 1 };
  const text = entities.get(name);
  return text === undefined ? { text: '&', next: at + 1 } : { text, next: end + 1 };
}

/** The offset after the tag that opens at `at`; quotes inside it may hold a `>`. */
function tagEnd(html: string, at: number): number {
  let quote = '';
  for (let index = at + 1; index < html.length; index += 1) {
    const character = html[index] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return index + 1;
  }
  return html.length;
}

/** The text that a reader of the HTML sees, in one pass: blocks on lines of their own, scripts and styles left out, link targets kept behind their words. */
export function htmlToText(html: string): string {
  const pieces: string[] = [];
  let hiddenBy = '';
  let at = 0;
  let unquotable = -1;
  while (at < html.length) {
    const character = html[at] ?? '';
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4);
      at = end < 0 ? html.length : end + 3;
    } else if (character === '<' && /[a-zA-Z/!?]/.test(html[at + 1] ?? '')) {
      let end = at > unquotable ? tagEnd(html, at) : html.length;
      // A quote that never closes would make every later tag look to the end again: from then on a tag ends at its first `>`.
      if (end >= html.length) {
        unquotable = Math.max(unquotable, html.length);
        const plain = html.indexOf('>', at);
        end = plain < 0 ? html.length : plain + 1;
      }
      const tag = html.slice(at, end);
      const name = /^<\/?([a-zA-Z0-9]{1,20})/.exec(tag)?.[1]?.toLowerCase() ?? '';
      const closing = tag[1] === '/';
      if (hiddenBy !== '') {
        if (closing && name === hiddenBy) hiddenBy = '';
      } else if (hidden.has(name) && !closing && !tag.endsWith('/>')) hiddenBy = name;
      else if (blocks.has(name)) pieces.push('\n');
      else if (name === 'a' && !closing) pieces.push(linkTarget(tag));
      at = end;
    } else if (hiddenBy !== '') at += 1;
    else if (character === '&') {
      const entity = readEntity(html, at);
      pieces.push(entity.text);
      at = entity.next;
    } else {
      const next = nextSpecial(html, at + 1);
      pieces.push(html.slice(at, next).replaceAll(/[\r\n\t]/g, ' '));
      at = next;
    }
  }
  return tidy(pieces.join(''));
}

function nextSpecial(html: string, from: number): number {
  let at = from;
  while (at < html.length && html[at] !== '<' && html[at] !== '&') at += 1;
  return at;
}

function linkTarget(tag: string): string {
  const target = /\shref\s*=\s*["']?(https?:[^\s"'>]{1,2000})/i.exec(tag)?.[1];
  return target === undefined ? '' : ` ${target.replaceAll('&amp;', '&')} `;
}

const tidy = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      line
        .split(' ')
        .filter((word) => word !== '')
        .join(' '),
    )
    .filter((line, index, lines) => line !== '' || lines[index - 1] !== '')
    .join('\n')
    .trim();
