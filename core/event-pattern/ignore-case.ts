const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * Equality in either case, as EventBridge has it: each character of the operand stands for its lower and its upper
 * case form, so `ß` takes `ß` and `SS`, and the operand `SS` does not take `ß`.
 */
export function ignoringCase(operand: string, where: 'whole' | 'prefix' | 'suffix'): (text: string) => boolean {
  const forms = [...operand].map((char) => {
    const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
    return lower === upper ? escaped(lower) : `(?:${escaped(lower)}|${escaped(upper)})`;
  });
  const pattern = new RegExp(`${where === 'suffix' ? '' : '^'}${forms.join('')}${where === 'prefix' ? '' : '$'}`);
  return (text) => pattern.test(text);
}
