import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matching, searchToken } from './search-token.ts';
import { viewSchema } from './view-schema.ts';

const term = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
  fc.stringMatching(/^[ -~]{1,6}$/),
  fc.constantFrom('a', 'A', 'a b', 'a"b', "it's", '%41', 'AND', 'x*', 'word:Ильич', '\u0000', '\u0085', '\u007f'),
);

describe('searchToken', () => {
  it('law: is one token of the index: each term is found by itself and by nothing else', () => {
    const database = new DatabaseSync(':memory:');
    database.exec(viewSchema);
    const insert = database.prepare('INSERT INTO signal_terms (rowid, tokens) VALUES (?, ?)');
    const find = database.prepare('SELECT rowid FROM signal_terms WHERE signal_terms MATCH ?');
    fc.assert(
      fc.property(fc.uniqueArray(term, { minLength: 1, maxLength: 8 }), (terms) => {
        database.exec('BEGIN');
        for (const [index, text] of terms.entries()) insert.run(index, `t:before ${searchToken(text)} t:after`);
        const found = terms.map((text) => find.all(matching(text)).map(({ rowid }) => rowid));
        database.exec('ROLLBACK');
        expect(found).toStrictEqual(terms.map((_, index) => [index]));
      }),
    );
  });
});
