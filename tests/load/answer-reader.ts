const blankLine = Buffer.from('\r\n\r\n');
const contentLength = /\r\ncontent-length: (\d+)/i;

/** Tells the status of each answer in a stream of HTTP/1.1 answers once all of it has come. Throws at one that does not say its length. */
export function createAnswerReader(answered: (status: number) => void): (chunk: Buffer) => void {
  let held: Buffer = Buffer.alloc(0);
  let awaited = 0;
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    // A long answer is not looked at again before all of it may be there.
    while (held.length >= awaited && held.length > 0) {
      const head = held.indexOf(blankLine);
      if (head < 0) return;
      const text = held.toString('latin1', 0, head);
      const end = head + blankLine.length + Number(contentLength.exec(text)?.[1] ?? Number.NaN);
      if (Number.isNaN(end)) throw new Error(`an answer that does not say its length: ${text}`);
      awaited = end;
      if (held.length < end) return;
      answered(Number(text.slice(9, 12)));
      held = held.subarray(end);
      awaited = 0;
    }
  };
}
