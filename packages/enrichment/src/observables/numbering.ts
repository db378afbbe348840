/** Words before four numbers with dots that make them a version, an article or a file number: nl, en, de, fr, it, es, pl, ru, uk, tr, ar, fa. */
const before =
  /(?:(?<![\p{L}\p{N}])(?:versi(?:e|on|ons|onen|ón|one)|wersj\p{L}{1,2}|верс\p{L}{1,3}|sürüm\p{L}{0,3}|firmware|build|release|rev|v|artikel\p{L}?|art|article|articolo|artículo|artykuł|section|sect|sec|absatz|abschnitt|ziffer|az|paragraa?f|paragraph|apartado|anexo|annex|punt|point|punto|punkt\p{L}{0,2}|пункт\p{L}{0,2}|п|ст|стать\p{L}|статт\p{L}|madde)|§|№|(?:ال|لل|ل)?(?:إصدار|مادة|بند)|نسخه|ماده)\.?(?:\s+(?:(?:du|de la|de l|der|des|del|of the|van de|van het)\s+\p{L}{1,20}|nr|no|is))?\s*[:=]?\s*$/iu;
const after = /^['’]?\s*(?:(?:numaralı|sayılı)\s+)?(?:madde|sürüm|bend)/iu;

/** True for four numbers with dots whose neighbours say that they are a version or a place in a law: they look like an address of the Internet and are none. */
export const isNumbering = (text: string, { start, end }: { readonly start: number; readonly end: number }): boolean =>
  before.test(text.slice(Math.max(0, start - 48), start)) || after.test(text.slice(end, end + 24));
