/**
 * Comprehend counts Unicode code points, this program UTF-16 units: answers the unit at which a code point begins. The text is
 * well-formed. https://docs.aws.amazon.com/comprehend/latest/APIReference/API_Entity.html
 */
export function unitAt(text: string): (codePoint: number) => number {
  if (!/[\ud800-\udfff]/.test(text)) return (codePoint) => Math.min(codePoint, text.length);
  const units: number[] = [];
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) units.push(at);
  return (codePoint) => units[codePoint] ?? text.length;
}
