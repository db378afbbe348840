import { timeText } from '../drafting/time-text.ts';
import type { Remark } from '../parsed-file.ts';
import type { XmlElement } from '../xml/xml-element.ts';

type Occurs = '1' | '?' | '+' | '*';

interface Rule {
  readonly occurs: Occurs;
  /** Why the text is wrong; undefined when it is right. */
  readonly problem?: (text: string) => string | undefined;
  readonly inside?: Rules;
}
type Rules = Readonly<Record<string, Rule>>;

const oneOf =
  (...allowed: readonly string[]) =>
  (text: string): string | undefined =>
    allowed.includes(text) ? undefined : `"${text.slice(0, 40)}" is none of ${allowed.join(', ')}`;
const filled = (text: string): string | undefined => (text === '' ? 'is empty' : undefined);
const token = (text: string): string | undefined =>
  text === '' ? 'is empty' : /[\s,<&]/.test(text) ? 'holds a space, comma, < or &' : undefined;
const dateTime = (text: string): string | undefined =>
  timeText(text) === undefined || !text.includes('T') ? `"${text.slice(0, 40)}" is no date and time` : undefined;

/** `lat,lon` within the globe. */
export function pointOf(text: string): { readonly lat: number; readonly lon: number } | undefined {
  const [lat, lon, more] = text.split(',').map(Number);
  if (lat === undefined || lon === undefined || more !== undefined || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return undefined;
  return { lat, lon };
}

const wordsOf = (text: string): readonly string[] => text.split(/\s/).filter((word) => word !== '');

function polygon(text: string): string | undefined {
  const points = wordsOf(text);
  if (points.length < 4) return 'has fewer than four points';
  if (points[0] !== points.at(-1)) return 'does not end where it began';
  const wrong = points.find((point) => pointOf(point) === undefined);
  return wrong === undefined ? undefined : `holds "${wrong.slice(0, 40)}", which is no point`;
}

function circle(text: string): string | undefined {
  const [point = '', radius = '', more] = wordsOf(text);
  return pointOf(point) === undefined || more !== undefined || !(Number(radius) >= 0) || radius === ''
    ? 'is no point with a radius'
    : undefined;
}

const named: Rules = { valueName: { occurs: '1' }, value: { occurs: '1' } };

const area: Rules = {
  areaDesc: { occurs: '1', problem: filled },
  polygon: { occurs: '*', problem: polygon },
  circle: { occurs: '*', problem: circle },
  geocode: { occurs: '*', inside: named },
  altitude: { occurs: '?' },
  ceiling: { occurs: '?' },
};

const resource: Rules = {
  resourceDesc: { occurs: '1' },
  mimeType: { occurs: '?' },
  size: { occurs: '?' },
  uri: { occurs: '?' },
  derefUri: { occurs: '?' },
  digest: { occurs: '?' },
};

const categories = oneOf('Geo', 'Met', 'Safety', 'Security', 'Rescue', 'Fire', 'Health', 'Env', 'Transport', 'Infra', 'CBRNE', 'Other');
const responses = oneOf('Shelter', 'Evacuate', 'Prepare', 'Execute', 'Avoid', 'Monitor', 'Assess', 'AllClear', 'None');

const block: Rules = {
  language: { occurs: '?' },
  category: { occurs: '+', problem: categories },
  event: { occurs: '1', problem: filled },
  responseType: { occurs: '*', problem: responses },
  urgency: { occurs: '1', problem: oneOf('Immediate', 'Expected', 'Future', 'Past', 'Unknown') },
  severity: { occurs: '1', problem: oneOf('Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown') },
  certainty: { occurs: '1', problem: oneOf('Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown', 'Very Likely') },
  audience: { occurs: '?' },
  eventCode: { occurs: '*', inside: named },
  effective: { occurs: '?', problem: dateTime },
  onset: { occurs: '?', problem: dateTime },
  expires: { occurs: '?', problem: dateTime },
  senderName: { occurs: '?' },
  headline: { occurs: '?' },
  description: { occurs: '?' },
  instruction: { occurs: '?' },
  web: { occurs: '?' },
  contact: { occurs: '?' },
  parameter: { occurs: '*', inside: named },
  resource: { occurs: '*', inside: resource },
  area: { occurs: '*', inside: area },
};

const alert: Rules = {
  identifier: { occurs: '1', problem: token },
  sender: { occurs: '1', problem: token },
  sent: { occurs: '1', problem: dateTime },
  status: { occurs: '1', problem: oneOf('Actual', 'Exercise', 'System', 'Test', 'Draft') },
  msgType: { occurs: '1', problem: oneOf('Alert', 'Update', 'Cancel', 'Ack', 'Error') },
  source: { occurs: '?' },
  scope: { occurs: '1', problem: oneOf('Public', 'Restricted', 'Private') },
  restriction: { occurs: '?' },
  addresses: { occurs: '?' },
  code: { occurs: '*' },
  note: { occurs: '?' },
  references: { occurs: '?' },
  incidents: { occurs: '?' },
  info: { occurs: '*', inside: block },
};

const textOfChild = (element: XmlElement, name: string): string => element.children.find((child) => child.name === name)?.text.trim() ?? '';

/** The first thing that makes the alert no valid CAP 1.1 or 1.2 message, with its line; undefined when it is valid. */
export function checkCap(element: XmlElement): Remark | undefined {
  const wrong = check(element, alert);
  if (wrong !== undefined) return wrong;
  const type = textOfChild(element, 'msgType');
  const references = textOfChild(element, 'references');
  const where = element.children.find(({ name }) => name === 'references') ?? element;
  if (type !== 'Alert' && references === '')
    return { at: `line ${where.line}`, reason: `a message of the type ${type} refers to no earlier message` };
  if (readReferences(references) === undefined)
    return { at: `line ${where.line}`, reason: 'references are not written as sender,identifier,sent' };
  for (const [scope, needed] of [
    ['Restricted', 'restriction'],
    ['Private', 'addresses'],
  ] as const) {
    if (textOfChild(element, 'scope') === scope && textOfChild(element, needed) === '')
      return { at: `line ${element.line}`, reason: `the scope is ${scope} and ${needed} is missing` };
  }
  return undefined;
}

function check(element: XmlElement, rules: Rules): Remark | undefined {
  const counts = new Map<string, number>();
  for (const child of element.children) {
    if (child.namespace !== element.namespace) continue;
    const rule = Object.hasOwn(rules, child.name) ? rules[child.name] : undefined;
    if (rule === undefined) return { at: `line ${child.line}`, reason: `${element.name} may not hold ${child.name.slice(0, 40)}` };
    const count = (counts.get(child.name) ?? 0) + 1;
    counts.set(child.name, count);
    if (count > 1 && (rule.occurs === '1' || rule.occurs === '?'))
      return { at: `line ${child.line}`, reason: `${element.name} holds ${child.name} more than once` };
    const problem = rule.problem?.(child.text.trim());
    const empty = child.text.trim() === '' && rule.occurs !== '1' && rule.occurs !== '+';
    if (problem !== undefined && !empty) return { at: `line ${child.line}`, reason: `${child.name} ${problem}` };
    const inside = rule.inside === undefined ? undefined : check(child, rule.inside);
    if (inside !== undefined) return inside;
  }
  for (const [name, { occurs }] of Object.entries(rules)) {
    if ((occurs === '1' || occurs === '+') && !counts.has(name))
      return { at: `line ${element.line}`, reason: `${element.name} lacks ${name}, which is required` };
  }
  return undefined;
}

/** An earlier message, as CAP refers to it. */
export interface CapReference {
  readonly sender: string;
  readonly identifier: string;
  readonly sent: string;
}

/** The references of a message, earliest first; undefined when one is not written as `sender,identifier,sent`. */
export function readReferences(text: string): readonly CapReference[] | undefined {
  const references: CapReference[] = [];
  for (const word of wordsOf(text)) {
    const [sender, identifier, sent, more] = word.split(',');
    const time = timeText(sent);
    if (!sender || !identifier || time === undefined || more !== undefined) return undefined;
    references.push({ sender, identifier, sent: time });
  }
  return references.sort((a, b) => Date.parse(a.sent) - Date.parse(b.sent) || (a.identifier < b.identifier ? -1 : 1));
}
