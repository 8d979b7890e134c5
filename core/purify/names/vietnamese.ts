/** Letters that Vietnamese alone writes. */
const LETTERS = /[ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/u;
const FAMILIES = new Set('nguyen tran pham huynh vo dang bui do ho ngo duong phan vu le ly hoang truong'.split(' '));

/**
 * Whether a word is a syllable of Vietnamese, of which nearly each is a given name with other marks or none: `hướng` (way), `Hương`.
 * Beside another name it is one; by itself it says nothing.
 */
export const isSyllable = (word: string, folded: string): boolean =>
  word.length < 8 && LETTERS.test(word.normalize('NFC').toLowerCase()) && !FAMILIES.has(folded);
