const WINDOWS = (page: number): string => `windows-${page}`;

/** Character sets of fonts (`\fcharset`) as Windows code pages. */
const CHARSETS: Readonly<Record<number, number>> = {
  0: 1252,
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  255: 437,
};

/** Code pages as labels of the Encoding Standard, besides windows-125x. */
const LABELS: Readonly<Record<number, string>> = {
  708: 'iso-8859-6',
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  10007: 'x-mac-cyrillic',
  20866: 'koi8-r',
  54936: 'gb18030',
  65001: 'utf-8',
};

/** The upper halves of the code pages of DOS, which the Encoding Standard leaves out. */
const DOS: Readonly<Record<number, string>> = {
  437: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0',
  850: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0',
};

export const SYMBOL_CHARSET = 2;

/** The code page of a font's character set; undefined: the document's. */
export const codePageOfCharset = (charset: number): number | undefined => CHARSETS[charset];

/** Text of bytes in a Windows or DOS code page; Western European if it is not known. */
export function decodeCodePage(bytes: Uint8Array, page: number): string {
  const dos = DOS[page];
  if (dos !== undefined) return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : (dos[byte - 0x80] ?? ''))).join('');
  const label =
    LABELS[page] ??
    (page >= 1250 && page <= 1258 ? WINDOWS(page) : page >= 28591 && page <= 28606 ? `iso-8859-${page - 28590}` : WINDOWS(1252));
  return new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
}

/** What the bytes of a symbol font show, as far as it is text: bullets, else nothing. */
export const decodeSymbols = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte === 0xb7 || byte === 0xa7 ? '•' : byte < 0x80 ? String.fromCharCode(byte) : '')).join('');
