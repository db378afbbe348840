const stemLetters = 7;

/** The word key of a longer form: sharing the form says all that sharing the word says. */
export const wordOf = (form: string): { readonly kind: string; readonly value: string } => ({
  kind: 'word',
  value: form.slice(0, stemLetters),
});
