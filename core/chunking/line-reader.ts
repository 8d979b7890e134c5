/** A line without its line end, and where it stands. */
export type Line = { start: number; end: number; text: string };

/** Lines of a text one by one, with a look at the next; a text of one endless line costs nothing more. */
export function lineReader(text: string): { peek(): Line | undefined; next(): Line | undefined } {
  let at = 0;
  let ahead: Line | undefined;
  const read = (): Line | undefined => {
    if (at >= text.length) return undefined;
    const lineEnd = text.indexOf('\n', at);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const line = { start: at, end, text: text.slice(at, end) };
    at = end + 1;
    return line;
  };
  return {
    peek: () => (ahead ??= read()),
    next: () => {
      const line = ahead ?? read();
      ahead = undefined;
      return line;
    },
  };
}
