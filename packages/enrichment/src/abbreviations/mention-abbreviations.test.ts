import { Register } from '@samenhang/domain';
import { describe, expect, it } from 'vitest';
import { compileRegister } from '../register/compile-register.ts';
import { findRegistered } from '../register/find-registered.ts';
import { tokenise } from '../tokenise.ts';
import { mentionAbbreviations } from './mention-abbreviations.ts';

const register = compileRegister(
  Register.parse({ version: 1, entries: [{ id: 'norvik-grid', kind: 'organisation', name: 'Norvik Grid Company' }] }),
);
const mentioned = (text: string, known = false) =>
  mentionAbbreviations(text, tokenise(text), known ? findRegistered(text, tokenise(text), register) : []).map(({ value, start, end }) => [
    value,
    text.slice(start, end),
  ]);

describe('mentions of what a text abbreviates', () => {
  it('are the long form where it is defined and every use of the short form, before and after', () => {
    expect(mentioned('NGC hit\nThe Norvik Grid Company (NGC) said. NGC staff, ngc')).toEqual([
      ['norvik grid company', 'Norvik Grid Company'],
      ['norvik grid company', 'NGC'],
      ['norvik grid company', 'NGC'],
      ['norvik grid company', 'NGC'],
    ]);
  });

  it('name the entry of the register that the long form names', () => {
    expect(mentioned('Norvik Grid Company (NGC): NGC', true).filter(([value]) => value === 'register:norvik-grid')).toEqual([
      ['register:norvik-grid', 'NGC'],
      ['register:norvik-grid', 'NGC'],
    ]);
  });

  it('are none where a text defines nothing', () => {
    expect(mentioned('NGC (in Norvik) said')).toEqual([]);
  });

  it('use the same value in every normal form', () => {
    const text = 'Służba Wywiadu Śląska (SWŚ), SWŚ';

    expect(mentioned(text.normalize('NFD')).map(([value]) => value)).toEqual(mentioned(text).map(([value]) => value));
    expect(mentioned(text)).toHaveLength(3);
  });
});
