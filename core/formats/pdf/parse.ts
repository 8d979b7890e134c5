import { SluiceError } from '#core/errors.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { Parse, ParseContext } from '../index.ts';
import { openPdf, type PdfDocument } from './document.ts';
import { elementsOf } from './elements.ts';
import type { PageLayout } from './model.ts';
import { readPage } from './page.ts';

/** After this many pages in a row that cannot be loaded, the page count lies. */
const MAX_MISSING = 50;
/** Crashes of PDFium that one document may cost. */
const MAX_CRASHES = 5;

/** PDF by PDFium. A page that cannot be read costs that page. */
export const parsePdf: Parse = async (bytes, context) => {
  const { name } = context;
  let document = await openPdf(bytes, name);
  const warnings: Extracted['warnings'] = document.intact ? [] : [{ code: 'repaired', message: 'the index of the file was damaged' }];
  const { metadata, pages: count } = document;
  const pages: PageLayout[] = [];
  const budget = characterBudget(context);
  let [missing, crashes] = [0, 0];
  try {
    for (let index = 0; index < count && missing < MAX_MISSING; index += 1) {
      const { page, crashed } = readSafely(document, index);
      if (crashed) {
        crashes += 1;
        document.abandon();
        if (crashes > MAX_CRASHES) throw new SluiceError('corrupt', `reading ${name}: ${crashes} pages broke the PDF reader`);
        document = await openPdf(bytes, name);
      }
      missing = page === undefined && !crashed ? missing + 1 : 0;
      if (page === undefined) warnings.push({ code: 'page-failed', message: `page ${index + 1} cannot be read`, page: index + 1 });
      else {
        budget(page.characters);
        pages.push(page);
      }
    }
  } finally {
    document.close();
  }
  if (missing === MAX_MISSING)
    warnings.splice(-MAX_MISSING, MAX_MISSING, { code: 'pages-missing', message: `the file says ${count} pages` });
  return assembled(name, pages, { metadata, warnings, pages: missing === MAX_MISSING && pages.length > 0 ? pages.length : count });
};

function readSafely(document: PdfDocument, index: number): { page: PageLayout | undefined; crashed: boolean } {
  try {
    return { page: readPage(document, index), crashed: false };
  } catch (error) {
    // A trap inside WebAssembly, or its stack at an end.
    if (error instanceof Error && /^(?:RuntimeError|RangeError)$/.test(error.name)) return { page: undefined, crashed: true };
    throw error;
  }
}

function assembled(
  name: string,
  pages: readonly PageLayout[],
  rest: Pick<Extracted, 'metadata' | 'warnings'> & { pages: number },
): Extracted {
  if (pages.length === 0) throw new SluiceError('corrupt', `reading ${name}: none of its ${rest.pages} pages can be read`);
  const elements = elementsOf(pages);
  if (elements.length === 0)
    throw new SluiceError(
      'no-text',
      `reading ${name}: none of its ${pages.length} pages has text; it is a scan or pictures only and needs OCR`,
    );
  for (const page of pages)
    if (page.characters === 0 && page.pictured > 0)
      rest.warnings.push({ code: 'page-without-text', message: 'a picture without text, which needs OCR', page: page.page });
  return { format: 'pdf', elements, ...rest };
}

/** Throws `too-large` once the pages' characters are more than the limit. */
function characterBudget({ name, limits }: ParseContext): (characters: number) => void {
  let total = 0;
  return (characters) => {
    total += characters;
    if (total > limits.maxTextLength)
      throw new SluiceError('too-large', `reading ${name}: more than ${limits.maxTextLength} characters of text`);
  };
}
