import { findAlerts, readCap } from './cap/read-cap.ts';
import { decodeText } from './decode-text.ts';
import { type ParseOptions, type Reading, refuse } from './parsed-file.ts';
import { parseXml } from './xml/xml-element.ts';
import { xmlEncoding } from './xml/xml-encoding.ts';

/** Reads an XML file: CAP alerts, alone or in a feed. STIX 1.x and everything else is refused with the line of what was found. */
export function readXml(bytes: Uint8Array, options: ParseOptions): Reading {
  const decoded = decodeText(bytes, xmlEncoding(bytes));
  if (decoded.kind === 'not-text') return refuse('unknown', 'line 1', decoded.reason);
  const text = decoded.text.trimStart();
  const document = parseXml(text);
  if (document.kind === 'not-xml')
    return refuse(
      /emergency:cap:1\.1/.test(text.slice(0, 2_000)) ? 'cap-1.1' : /emergency:cap:1\.2/.test(text.slice(0, 2_000)) ? 'cap-1.2' : 'unknown',
      document.at,
      document.reason,
    );
  const { root } = document;
  const alerts = findAlerts(root);
  if (alerts.length > 0) return readCap(alerts, text, options);
  const at = `line ${root.line}`;
  if (root.namespace.includes('stix.mitre.org') || root.name === 'STIX_Package')
    return refuse('stix-1', at, 'STIX 1.x in XML is not read; ask the partner for STIX 2.1');
  if (root.name === 'alert')
    return refuse('unknown', at, `an alert of the namespace "${root.namespace.slice(0, 100)}"; CAP 1.1 and 1.2 are read`);
  return refuse('unknown', at, `an XML document of the type ${root.name.slice(0, 60)}; of XML only CAP 1.1 and 1.2 are read`);
}
