/** The name of an exercise as a marking writes it: lower case, digits, dashes; `exercise` when it has none. */
export function exerciseName(text: string | undefined): string {
  const slug = (text ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]/g, '-')
    .split('-')
    .filter((word) => word !== '')
    .join('-')
    .replace(/^[._]+/, '')
    .slice(0, 60);
  return slug === '' ? 'exercise' : slug;
}
