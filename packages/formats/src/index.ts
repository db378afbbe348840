// Partners' files: bytes in, valid signals out, or a refusal that says where and why. Pure: no I/O, clock or randomness.
export { CsvMapping } from './csv/csv-mapping.ts';
export { ownExtensionDefinition, ownIdentity } from './export/own-extension.ts';
export { type IncidentExport, stixIncident } from './export/stix-incident.ts';
export { stixJudgement } from './export/stix-judgement.ts';
export { stixOfSignal, stixTime } from './export/stix-signal.ts';
export { mayLeave, stixTlpDefinition } from './export/tlp-definitions.ts';
export { type StixBundle, type StixExport, toStixBundle } from './export/to-stix-bundle.ts';
export type { JsonObject } from './json/json-value.ts';
export { parseFile } from './parse-file.ts';
export { type FileFormat, fileFormats, type ParsedFile, type ParseOptions, type Remark } from './parsed-file.ts';
