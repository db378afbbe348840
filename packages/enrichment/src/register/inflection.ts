import { fold } from '../fold.ts';

/** Endings that names take in running text, as they are written; compared folded. */
const written = `
  s es n en ns ens
  а я у ю е и ы о ой ей ою ею ом ем ём ам ям ах ях ами ями ов ев ого его ому ему ым им ых их ыми ими ую юю ое ие ые ая яя
  і ї ові еві ією єю їв ів ії ій ьою ът та то те ия
  ą ę y i u owi iem em ie om ami ach ów ego emu ej ym ych ymi ovi é ého ému ých ům ou ům iu ia io
  os as is us o ui ai ų ams ės ei ėje oje am
  in ssa ssä sta stä lla llä lle lta ltä ksi na nä a ä an än t ta tä le ga st sse ks l lt ni il
  ban ben nak nek val vel ról ről ra re ba be ot et at öt on ön hoz hez tól től ig ért al el
  da de dan den tan ten ın un ün nın nin nun nün ı ü yı yi yu yü e ya ye la yla yle
  ul ului lui it
  ου ος ον ας ης ες ων α η ο οι
  은 는 이 가 을 를 의 에 와 과 도 로 에서 으로 에게 까지 부터 측 측은
  ها های ی
`;
const endings = new Set(
  written
    .trim()
    .split(/\s+/)
    .map(fold)
    .filter((ending) => ending !== ''),
);

/** Endings of the form that a name is listed in, which other forms drop; the empty one first: most only add. */
const dropped = ['', ...'а я о е й ая ое ий ый ия ие ь o a e i y u ė ο η α ος ας ης os as is us'.split(' ').map(fold)];
const droppable = [...new Set(dropped)];

/** What is left of a name must be this long, folded: a shorter one is matched as it is written. */
export const leastStem = 5;

/** True when a folded word of a text is the folded word of a name, or a long enough stem of it with another ending. */
export function isFormOf(word: string, name: string): boolean {
  if (word === name) return true;
  return droppable.some((ending) => {
    const stem = name.length - ending.length;
    return stem >= leastStem && name.endsWith(ending) && word.startsWith(name.slice(0, stem)) && endings.has(word.slice(stem));
  });
}
