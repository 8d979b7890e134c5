export const isFigure = (code: number): boolean => code >= 48 && code <= 57;

const FIGURE = /[0-9]/g;
/** Figures come in groups: so many characters are looked at one by one before the pattern, which costs a call. */
const BESIDE = 4;

/** Where in a text the next figure stands; -1: there is none. A pattern reads prose several times as fast as a loop does. */
export function nextFigure(text: string, from: number): number {
  const near = Math.min(text.length, from + BESIDE);
  for (let i = from; i < near; i++) if (isFigure(text.charCodeAt(i))) return i;
  if (near === text.length) return -1;
  FIGURE.lastIndex = near;
  return FIGURE.test(text) ? FIGURE.lastIndex - 1 : -1;
}
