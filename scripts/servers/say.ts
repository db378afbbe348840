/** Prints one line of progress on stderr; stdout stays free for results. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
