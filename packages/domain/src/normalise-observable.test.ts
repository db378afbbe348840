import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseObservable } from './normalise-observable.ts';

const types = ['domain', 'url', 'email', 'ipv4', 'sha256', 'phone', 'iban', 'mutex', 'Domain', ' url '];

describe('normalising an observable', () => {
  test.each([
    ['domain', 'Evil[.]Example.', 'evil.example'],
    ['url', 'hxxps://Evil.Example/Path?Q=1', 'https://evil.example/Path?Q=1'],
    ['email', 'A.B[at]Example.org', 'a.b@example.org'],
    ['email', 'a.b [at] example [punkt] org', 'a.b@example.org'],
    ['domain', 'evil(точка)example', 'evil.example'],
    ['url', 'hXXp[:][/][/]evil[.]example/a(1)', 'http://evil.example/a(1)'],
    ['url', 'http[:[/]/]evil.example/', 'http://evil.example/'],
    ['url', 'fxp://evil{.}example/', 'ftp://evil.example/'],
    ['phone', '+31 (0)20-555 01 42', '+31205550142'],
    ['phone', '0031 20 555 01 42', '+31205550142'],
    ['phone', '(+31) 20/5550142', '+31205550142'],
    ['phone', '٠٠٣١٢٠٥٥٥٠١٤٢', '+31205550142'],
    ['phone', '020-555 01 42', '0205550142'],
    ['iban', 'NL91 ABNA 0417 1643 00', 'nl91abna0417164300'],
    ['mutex', ' Global\\MyMutex ', 'Global\\MyMutex'],
  ])('writes %s %s as %s', (type, value, normal) => {
    expect(normaliseObservable({ type, value })).toEqual({ type, value: normal });
  });

  test('law: normalising twice is the same as once, and never leaves nothing', () => {
    const value = fc.oneof(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '[',
            '.',
            ']',
            '(',
            'dot',
            ')',
            'hxxp',
            '://',
            ':',
            '/',
            '@',
            'at',
            'punkt',
            'fxp:',
            'A',
            ' ',
            '0',
            '00',
            '31',
            '(0)',
            '+',
            '٣',
          ),
          { minLength: 1 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...types), value, (type, written) => {
        const once = normaliseObservable({ type, value: written });

        expect(normaliseObservable(once)).toEqual(once);
        expect(once.value).not.toBe('');
      }),
      { numRuns: 1_000 },
    );
  });
});
