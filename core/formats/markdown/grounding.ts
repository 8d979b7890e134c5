/**
 * Takes out the layout annotations that OCR models (DeepSeek-OCR and its kin) write into their Markdown: a label and boxes
 * before each block. A reference that is text of its own, not a label, stays.
 */
export function withoutGrounding(text: string): string {
  if (!text.includes('<|')) return text;
  return text
    .replace(/<\|ref\|>([^<\n]{0,200})<\|\/ref\|>/g, (_, label: string) => (/^[a-z]+(?:_[a-z]+)*$/.test(label) ? '' : label))
    .replace(/<\|det\|>[^<\n]{0,2000}<\|\/det\|>[ \t]*\n?/g, '');
}
