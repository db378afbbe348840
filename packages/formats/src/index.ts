// Partners' files: bytes in, valid signals out, or a refusal that says where and why. Pure: no I/O, clock or randomness.
export { CsvMapping } from './csv/csv-mapping.ts';
export { type StixBundle, type StixExport, toStixBundle } from './export/to-stix-bundle.ts';
export { parseFile } from './parse-file.ts';
export { type FileFormat, fileFormats, type ParsedFile, type ParseOptions, type Remark } from './parsed-file.ts';
