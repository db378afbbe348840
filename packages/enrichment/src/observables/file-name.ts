/** Endings of files that run, unpack or carry macros: a report that names one means that very file. */
const carriers: ReadonlySet<string> = new Set(
  'exe dll scr lnk vbs vbe jse wsf hta bat cmd ps1 msi msix iso img vhd zip rar 7z cab ace docm xlsm xlam pptm dotm jar apk dmg elf aspx php jsp'.split(
    ' ',
  ),
);
/** Endings of documents: only a name of some length means one document. */
const documents: ReadonlySet<string> = new Set('pdf doc docx xls xlsx ppt pptx odt ods rtf eml msg'.split(' '));
const distinctive = 10;

/** A file name as it was written, when its ending is one that reports name files for; undefined for addresses, libraries and short names of documents. */
export function readFileName(word: string): string | undefined {
  const dot = word.lastIndexOf('.');
  if (dot < 1 || word.length > 128 || word.length - dot > 5) return undefined;
  const ending = word.slice(dot + 1).toLowerCase();
  if (!carriers.has(ending) && !(documents.has(ending) && dot >= distinctive)) return undefined;
  return /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.()[\]-]*$/u.test(word) && !word.startsWith('www.') ? word : undefined;
}
