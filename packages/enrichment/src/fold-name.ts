import { fold } from './fold.ts';

const separators = /[^\p{L}\p{M}\p{N}]+/u;
/** Words that say what kind of body it is, not which one. */
const legalForms = new Set(
  'as asa ab oy oyj bv nv vof gmbh ag kg ltd limited llc inc corp plc co sa sas sarl srl spa sia uab doo ood eood sro aps of the and und en et de van der'.split(
    ' ',
  ),
);

/** A posted name as its folded words with single spaces, legal forms and articles left out. */
export const foldName = (name: string): string =>
  name
    .slice(0, 200)
    .split(separators)
    .map(fold)
    .filter((word) => word !== '' && !legalForms.has(word))
    .join(' ');
