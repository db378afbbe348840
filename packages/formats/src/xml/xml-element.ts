import { SaxesParser } from 'saxes';

/** An element with its text (of itself only), its child elements and where it starts. */
export interface XmlElement {
  /** The name without its prefix. */
  readonly name: string;
  readonly namespace: string;
  readonly line: number;
  readonly children: XmlElement[];
  readonly attributes: ReadonlyMap<string, string>;
  text: string;
}

export type XmlDocument =
  | { readonly kind: 'xml'; readonly root: XmlElement }
  | { readonly kind: 'not-xml'; readonly at: string; readonly reason: string };

const xmlLimits = { depth: 64, elements: 500_000, chunkChars: 16_384 } as const;

/**
 * Reads XML by a streaming parser, in time and memory linear in its length. A document type declaration is refused before it is acted on, so there
 * are no entities but the five of XML; so are more levels or elements than any real alert has, and text that is cut off.
 */
export function parseXml(text: string): XmlDocument {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  let problem: { at: string; reason: string } | undefined;
  const refuse = (reason: string, line = parser.line): void => {
    problem ??= { at: `line ${line}`, reason };
  };
  parser.on('doctype', () => refuse('a document type declaration (DOCTYPE) is not accepted'));
  parser.on('error', (error) => refuse(`the XML is not well-formed: ${error.message.replace(/^\d+:\d+: /, '').slice(0, 160)}`));
  let tagLine = 1;
  parser.on('opentagstart', () => {
    tagLine = parser.line;
  });
  parser.on('opentag', (tag) => {
    const attributes = new Map(Object.values(tag.attributes).map((attribute) => [attribute.local, attribute.value]));
    const element: XmlElement = { name: tag.local, namespace: tag.uri, line: tagLine, children: [], attributes, text: '' };
    elements += 1;
    if (open.length >= xmlLimits.depth) refuse(`elements are nested more than ${xmlLimits.depth} levels deep`);
    if (elements > xmlLimits.elements) refuse(`more than ${xmlLimits.elements} elements`);
    if (problem !== undefined) return;
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined && problem === undefined) element.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void open.pop());
  for (let at = 0; at < text.length && problem === undefined; at += xmlLimits.chunkChars)
    parser.write(text.slice(at, at + xmlLimits.chunkChars));
  if (problem === undefined) parser.close();
  if (problem !== undefined) return { kind: 'not-xml', ...problem };
  return root === undefined ? { kind: 'not-xml', at: 'line 1', reason: 'the XML holds no element' } : { kind: 'xml', root };
}

/** The child elements of that name, in the element's own namespace. */
export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name && child.namespace === element.namespace);

/** The trimmed text of the first child of that name; undefined when there is none or it is empty. */
export function childText(element: XmlElement, name: string): string | undefined {
  const text = childrenOf(element, name)[0]?.text.trim();
  return text === undefined || text === '' ? undefined : text;
}

/** Every element of the tree that fits, outermost first, without looking inside one that fits. The tree's depth is bounded. */
export function findElements(root: XmlElement, fits: (element: XmlElement) => boolean): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const waiting: XmlElement[] = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (fits(element)) found.push(element);
    else waiting.push(...element.children.toReversed());
  }
  return found;
}
