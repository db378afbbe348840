/** Cuts text to at most `maximum` UTF-16 units without leaving half a surrogate pair. */
export function cut(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  const last = text.charCodeAt(maximum - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maximum - 1 : maximum);
}

/** One line of well-formed text: control characters and runs of white space become one space; cut to `maximum`. Empty when nothing is left. */
export function cleanLine(text: string, maximum: number): string {
  let line = '';
  let gap = false;
  for (const character of cut(text, maximum * 4 + 1_000).toWellFormed()) {
    const code = character.charCodeAt(0);
    if (code <= 32 || code === 127 || code === 0xa0 || code === 0x2028 || code === 0x2029) gap = true;
    else {
      if (gap && line !== '') line += ' ';
      gap = false;
      line += character;
    }
  }
  return cut(line, maximum).trimEnd();
}

/** Well-formed text of several lines without NUL: line ends are `\n`, other control characters but tab are left out. */
export function cleanText(text: string): string {
  const lines = text.toWellFormed().replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  let clean = '';
  let from = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const code = lines.charCodeAt(at);
    if ((code < 32 && code !== 9 && code !== 10) || code === 127) {
      clean += lines.slice(from, at);
      from = at + 1;
    }
  }
  return (clean + lines.slice(from)).trim();
}
