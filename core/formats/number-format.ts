import { dateFromSerial, format, getFormatDateInfo, getLocale, isDateFormat } from 'numfmt';

/** Formats that a workbook names by number without writing them down (ECMA-376 part 1, 18.8.30). */
export const BUILT_IN_FORMATS: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '$#,##0;($#,##0)',
  6: '$#,##0;($#,##0)',
  7: '$#,##0.00;($#,##0.00)',
  8: '$#,##0.00;($#,##0.00)',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy-mm-dd',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy-mm-dd h:mm',
  37: '#,##0;(#,##0)',
  38: '#,##0;(#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;(#,##0.00)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
};

/** The date system of old Macintosh workbooks starts this many days later. */
export const DAYS_FROM_1900_TO_1904 = 1_462;

const pad = (n: number): string => String(n).padStart(2, '0');

/**
 * A date that has year, month and day is written as ISO 8601 whatever its format says: `6/7/20` means different days
 * to different readers, and to a search.
 */
function isoDate(value: number, pattern: string): string | undefined {
  const parts = getFormatDateInfo(pattern);
  const serial = parts.year && parts.month && parts.day ? dateFromSerial(value) : null;
  if (serial === null) return undefined;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = serial;
  const date = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
  if (!parts.hours) return date;
  return `${date} ${pad(hours)}:${pad(minutes)}${seconds > 0 ? `:${pad(Math.round(seconds))}` : ''}`;
}

/** All digits that a double holds for sure: sums such as 0.1 + 0.2 print as they were meant. */
const general = (value: number, decimal = '.'): string => String(Number(value.toPrecision(15))).replace('.', decimal);

const localeOf = (language: string | undefined) => (language === undefined ? null : getLocale(language));

/** A language given with a currency would change decimal signs from cell to cell; spreadsheets do not do that. */
const withoutLanguage = (pattern: string): string =>
  pattern.replace(/\[\$([^\]-]*)-[\dA-Fa-f]+\]/g, (_, currency: string) => (currency === '' ? '' : `[$${currency}]`));

/** The texts for true and false, in that order. */
export const truthsOf = (language: string | undefined): readonly string[] => localeOf(language)?.bool ?? ['TRUE', 'FALSE'];

/**
 * A number as a spreadsheet shows it, with the decimal signs of the workbook's language (an LCID in hex digits). A format
 * that is broken, or that shows nothing, gives the plain number.
 */
export function formatNumber(value: number, pattern: string, language?: string): string {
  const locale = localeOf(language);
  const plain = general(value, locale?.decimal);
  if (pattern === '' || /^general$/i.test(pattern) || !Number.isFinite(value)) return plain;
  try {
    const isDate = isDateFormat(pattern);
    const shown =
      (isDate ? isoDate(value, pattern) : undefined) ??
      format(isDate ? pattern : `${locale ? `[$-${language}]` : ''}${withoutLanguage(pattern)}`, value, { dateErrorThrows: true });
    return shown.trim() || plain;
  } catch {
    return plain;
  }
}
