/**
 * Text whose bytes were taken for ASCII, but are UTF-7 (RFC 2152): old mail programs send it, and no platform decoder
 * reads it any more.
 */
export const decodeUtf7 = (text: string): string =>
  text.replace(/\+([A-Za-z0-9+/]*)-?/g, (whole, encoded: string) => {
    if (encoded === '') return whole.endsWith('-') ? '+' : whole;
    const bytes = Buffer.from(encoded, 'base64');
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le');
  });
