import { describe, expect, test } from 'vitest';
import { CsvMapping, type ParseOptions, parseFile } from '../index.ts';

const read = (text: string, options?: ParseOptions) => parseFile(new TextEncoder().encode(text), 'x.csv', options);
const mapping = CsvMapping.parse({
  source: 'csirt',
  sourceType: 'sector',
  marking: { tlp: 'green' },
  columns: { title: ['Wat', 'Waar'], text: 'Toelichting', observedAt: 'Datum', country: 'Land', tlp: 'TLP', externalId: 'Nr' },
  observables: [
    { column: 'IP', type: 'address' },
    { column: 'Hash', type: 'hash' },
  ],
  separator: ' ',
  dates: 'dmy',
});

describe('readCsv', () => {
  test('makes a signal of each row by the mapping', async () => {
    const { format, signals } = await read(
      'Nr;Datum;Wat;Waar;Toelichting;Land;IP;Hash;TLP\n7;31-12-2025 10:00;Storing;Delft;"regel 1\nregel 2";Nederland;192.0.2.1 a.example;002325A0A67FDED0381B5648D7FE9B8E;amber\n',
      { mapping },
    );

    expect(format).toBe('csv');
    expect(signals).toMatchObject([
      {
        source: 'csirt',
        externalId: '7',
        title: 'Storing Delft',
        text: 'regel 1\nregel 2',
        observedAt: '2025-12-31T10:00:00Z',
        places: [{ country: 'NL' }],
        observables: [
          { type: 'ipv4', value: '192.0.2.1' },
          { type: 'domain', value: 'a.example' },
          { type: 'md5', value: '002325a0a67fded0381b5648d7fe9b8e' },
        ],
        marking: { tlp: 'amber' },
      },
    ]);
  });

  test('reads columns that carry our own names without a mapping', async () => {
    expect((await read('title,observedAt,tlp,observable:ipv4\n"a, b",2026-01-02,clear,192.0.2.1;192.0.2.2\n')).signals).toMatchObject([
      { title: 'a, b', marking: { tlp: 'clear' }, observables: [{ value: '192.0.2.1' }, { value: '192.0.2.2' }] },
    ]);
  });

  test('drops a row without a time, a title or a known marking, and says which line', async () => {
    const { dropped, signals } = await read('title,observedAt,tlp\nx,soon,\n,2026,\ny,2026,pink\nz,2026,\n');

    expect(dropped.map(({ at }) => at)).toEqual(['line 2', 'line 3', 'line 4']);
    expect(signals).toHaveLength(1);
  });

  test.each([
    ['no mapping and foreign columns', 'a,b\n1,2\n', undefined, 'needs a mapping'],
    ['a column that is not there', 'Datum,Wat\n1,2\n', mapping, 'which the file lacks'],
    ['a quote that never closes', 'title,observedAt\n"a,2026\n', undefined, 'cannot be read'],
    ['no row', 'title,observedAt\n', undefined, 'nothing that reports'],
  ])('refuses a file with %s', async (_what, text, given, reason) => {
    expect((await read(text, given === undefined ? {} : { mapping: given })).refused?.reason).toContain(reason);
  });

  test('gives the same row the same identity, so that reading it again is a duplicate', async () => {
    const text = 'title,observedAt\na,2026\n';

    expect((await read(text)).signals).toEqual((await read(text)).signals);
  });
});
