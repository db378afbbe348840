import { refang } from '@samenhang/domain';

/** Length of the longest word for a dot or an at sign with its brackets. */
export const longestMark = 10;

/** True for a lone mark that stands for a dot or an at sign, as in `name [at] host [dot] org`. */
export const isLoneMark = (text: string): boolean =>
  text.length >= 3 && text.length <= longestMark && '[({'.includes(text.charAt(0)) && refang(text).length === 1;
