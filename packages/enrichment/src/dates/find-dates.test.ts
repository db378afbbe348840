import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenise } from '../tokenise.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { findDates } from './find-dates.ts';

const datesOf = (text: string, language: string | null) =>
  findDates(text, tokenise(text, vocabularyOf(language)), language).map(({ value, start, end }) => [value, text.slice(start, end)]);

const languages = 'nl en de fr pl it sv es ro lt fi el uk ru tr ar zh fa'.split(' ');

describe('finding dates', () => {
  test.each([
    ['en', 'The ship left on 3 May 2024 for Riga.', '2024-05-03', '3 May 2024'],
    ['en', 'It was seen again on May 3rd, in fog.', '--05-03', 'May 3rd'],
    ['en', 'On Sept. 12, 2023 the cable broke.', '2023-09-12', 'Sept. 12, 2023'],
    ['en', 'Signed on the 21st of November.', '--11-21', '21st of November'],
    ['en', 'Logged at 2024-05-03T10:00Z by the sensor.', '2024-05-03', '2024-05-03'],
    ['nl', 'Op 12 maart 2024 viel de stroom uit.', '2024-03-12', '12 maart 2024'],
    ['nl', 'De melding van 5 okt. kwam te laat.', '--10-05', '5 okt'],
    ['de', 'Am 3. Mai 2024 brannte das Umspannwerk.', '2024-05-03', '3. Mai 2024'],
    ['de', 'Der Brief vom 03.05.2024 fehlt.', '2024-05-03', '03.05.2024'],
    ['de', 'Seit dem 7. Jänner wird ermittelt.', '--01-07', '7. Jänner'],
    ['fr', 'Le 1er août 2023, le navire a disparu.', '2023-08-01', '1er août 2023'],
    ['pl', 'W dniu 12 marca doszło do awarii.', '--03-12', '12 marca'],
    ['it', 'Il 3 maggio 2024 la nave è partita.', '2024-05-03', '3 maggio 2024'],
    ['sv', 'Den 3:e maj 2024 bröts kabeln.', '2024-05-03', '3:e maj 2024'],
    ['es', 'El 3 de mayo de 2024 ardió el puerto.', '2024-05-03', '3 de mayo de 2024'],
    ['ro', 'La 3 mai 2024 a fost o pană de curent.', '2024-05-03', '3 mai 2024'],
    ['lt', 'Tai įvyko 2024 m. gegužės 3 d. uoste.', '2024-05-03', '2024 m. gegužės 3'],
    ['fi', 'Kaapeli katkesi 3. toukokuuta 2024 yöllä.', '2024-05-03', '3. toukokuuta 2024'],
    ['fi', 'Toukokuun 3. päivänä satama suljettiin.', '--05-03', 'Toukokuun 3'],
    ['el', 'Στις 3 Μαΐου 2024 κάηκε το πλοίο.', '2024-05-03', '3 Μαΐου 2024'],
    ['uk', 'Кабель пошкоджено 3 травня 2024 р. у порту.', '2024-05-03', '3 травня 2024'],
    ['ru', 'Судно вышло 5 марта из порта.', '--03-05', '5 марта'],
    ['ru', 'Это было 3-го мая 2024г. ночью.', '2024-05-03', '3-го мая 2024г'],
    ['tr', "Gemi 3 Mayıs 2024'te ayrıldı.", '2024-05-03', '3 Mayıs 2024'],
    ['ar', 'غادرت السفينة في ٣ مايو ٢٠٢٤ من الميناء.', '2024-05-03', '٣ مايو ٢٠٢٤'],
    ['ar', 'وقع الحادث يوم 5 كانون الثاني 2024 ليلا.', '2024-01-05', '5 كانون الثاني 2024'],
    ['zh', '该船于2024年5月3日离开港口。', '2024-05-03', '2024年5月3日'],
    ['zh', '十二月二十一日电缆断裂。', '--12-21', '十二月二十一日'],
    ['fa', 'کشتی در ۱۴ اردیبهشت ۱۴۰۳ بندر را ترک کرد.', '2024-05-03', '۱۴ اردیبهشت ۱۴۰۳'],
    ['fa', 'در ۳ ژوئن ۲۰۲۴ برق قطع شد.', '2024-06-03', '۳ ژوئن ۲۰۲۴'],
    ['fa', 'گزارش ۱۴۰۳/۲/۱۴ رسید.', '2024-05-03', '۱۴۰۳/۲/۱۴'],
  ])('finds the day in %s: %s', (language, text, value, written) => {
    expect(datesOf(text, language)).toEqual([[value, written]]);
  });

  test('reads numbers by the order of the language, and leaves out what could be two days', () => {
    const text = 'Seen 03/05/2024 there.';

    expect(datesOf(text, 'nl')).toEqual([['2024-05-03', '03/05/2024']]);
    expect(datesOf(text, 'en')).toEqual([]);
    expect(datesOf(text, null)).toEqual([]);
    expect(datesOf('Seen 13/05/2024, 05/14/2024 and 06/06/2024.', 'en').map(([value]) => value)).toEqual([
      '2024-05-13',
      '2024-05-14',
      '2024-06-06',
    ]);
  });

  test.each([
    ['en', 'It may 3 times fail; version 10.5.2024.7 and 1.3.2024-rc1.'],
    ['en', 'In May 12 people came, and in March 7 more.'],
    ['en', 'On 31 June or 30 February nothing happened, nor on 29 February 2023.'],
    ['en', 'See evil.org/2024/05/03 and CVE-2024-05-03 and build-2024-05-03.'],
    ['en', 'A budget of 1,3 May not do; May 3,000 people.'],
    ['en', 'Rooms 3/5 and 7-8, 12:30, in May 2024.'],
    ['nl', 'Het duurde 3 mannen 5 uur.'],
    ['fa', 'در ۱۴ اردیبهشت برق قطع شد.'],
    ['zh', '五个月后，三月，十三月五日。'],
  ])('finds no day in %s: %s', (language, text) => {
    expect(datesOf(text, language)).toEqual([]);
  });

  test('knows months of other languages by their full names, and in words that were taken apart', () => {
    expect(datesOf('De brief van 3 settembre 2024.', 'nl')).toEqual([['2024-09-03', '3 settembre 2024']]);
    expect(datesOf('Le 3 août 2024.'.normalize('NFD'), 'fr')).toEqual([['2024-08-03', '3 août 2024'.normalize('NFD')]]);
  });

  const anyDay = fc.date({ min: new Date('1950-01-01'), max: new Date('2049-12-31'), noInvalidDate: true });
  const styles: readonly Intl.DateTimeFormatOptions[] = [
    { day: 'numeric', month: 'long', year: 'numeric' },
    { day: 'numeric', month: 'long' },
  ];

  test.each(languages)('law: the span holds the day that was written, and is all that is found: %s', (language) => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...styles), (day, style) => {
        const gregorian = style.year === undefined ? `${language}-u-ca-gregory` : language;
        const written = new Intl.DateTimeFormat(gregorian, { ...style, timeZone: 'UTC' }).format(day);
        const iso = day.toISOString().slice(0, 10);
        const [found, ...others] = datesOf(`(${written})`, language);

        expect([found?.[0], others]).toEqual([style.year === undefined ? `--${iso.slice(5)}` : iso, []]);
        expect(written.startsWith(found?.[1] ?? '?')).toBe(true);
        expect(written.slice(found?.[1]?.length)).not.toMatch(/\p{Nd}/u);
      }),
      { numRuns: 150 },
    );
  });
});
