/**
 * The text of a message whose parts cannot be told apart, because its boundary never matches: what is neither a header,
 * nor a boundary line, nor a long run of encoded bytes.
 */
export function salvagedText(bytes: Uint8Array): string {
  const kept: string[] = [];
  let inHeader = true;
  for (const line of new TextDecoder().decode(bytes).split(/\r\n|\r|\n/)) {
    if (inHeader) {
      inHeader = line.trim() !== '';
    } else if (line.startsWith('--') && line.trim().length > 2) {
      inHeader = true;
    } else if (!/^[A-Za-z0-9+/]{60,}={0,2}$/.test(line)) {
      kept.push(line);
    }
  }
  return kept.join('\n').trim();
}
