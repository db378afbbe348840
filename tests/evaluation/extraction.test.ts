import { normaliseObservable } from '@samenhang/domain';
import { describe, expect, test } from 'vitest';
import { measureExtraction, readLabelledTexts, tableOf, unseenFile } from './extraction.ts';

const texts = readLabelledTexts();
const measured = measureExtraction(texts);

describe('extraction on hand-labelled texts', () => {
  test('has ten texts in each of ten languages, with labels in their one form and none twice', () => {
    expect(measured.languages.map(({ name }) => texts.filter(({ lang }) => lang === name).length)).toEqual(Array(10).fill(10));
    for (const { observables } of texts) {
      expect(observables.map(normaliseObservable)).toEqual(observables);
      expect(new Set(observables.map(({ type, value }) => `${type} ${value}`)).size).toBe(observables.length);
    }
  });

  test('keeps the precision and recall that it had', () => {
    expect(measured.all.ours.precision, tableOf(measured)).toBeGreaterThanOrEqual(0.97);
    expect(measured.all.ours.recall, tableOf(measured)).toBeGreaterThanOrEqual(0.97);
  });

  test('does nearly as well on texts that were written after it was corrected', () => {
    const unseen = measureExtraction(readLabelledTexts(unseenFile));

    expect(unseen.all.ours.precision, tableOf(unseen)).toBeGreaterThanOrEqual(0.96);
    expect(unseen.all.ours.recall, tableOf(unseen)).toBeGreaterThanOrEqual(0.96);
  });

  test('finds more than ioc-extractor of what both look for, with fewer mistakes', () => {
    expect(measured.shared.ours.precision).toBeGreaterThan(measured.shared.oracle?.precision ?? 1);
    expect(measured.shared.ours.recall).toBeGreaterThan(measured.shared.oracle?.recall ?? 1);
  });

  test('counts a missed value against recall and a value that nobody labelled against precision', () => {
    const { all } = measureExtraction([
      {
        lang: 'nl',
        text: 'Zie CVE-2026-10001 en CVE-2026-10002.',
        observables: [
          { type: 'cve', value: 'cve-2026-10001' },
          { type: 'cve', value: 'cve-2026-10003' },
          { type: 'iban', value: 'nl91abna0417164300' },
        ],
      },
    ]);

    expect(all).toMatchObject({ expected: 3, ours: { found: 2, right: 1, precision: 1 / 2, recall: 1 / 3 } });
  });
});
