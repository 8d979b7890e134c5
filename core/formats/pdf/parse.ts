import { SluiceError } from '#core/errors.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { Parse, ParseContext } from '../index.ts';
import { tellActivePdf } from './active.ts';
import type { PageHooks } from './annotations.ts';
import type { Attachment } from './attachments.ts';
import { openPdf, type PdfDocument } from './document.ts';
import { elementsOf } from './elements.ts';
import type { PageLayout } from './model.ts';
import type { OutlineEntry } from './outline.ts';
import { readPage } from './page.ts';

/** After this many pages in a row that cannot be loaded, the page count lies. */
const MAX_MISSING = 50;
/** Pages after which it is told how far it is. */
const PAGES_TOLD = 50;
/** Crashes of PDFium that one document may cost. */
const MAX_CRASHES = 5;

/** PDF by PDFium. A page that cannot be read costs that page. */
export const parsePdf: Parse = async (bytes, context) => {
  const { name } = context;
  // What holds for the whole file is told with its first pages.
  const isFirst = (context.pages?.from ?? 1) === 1;
  let document = await openPdf(bytes, name);
  const warnings: Extracted['warnings'] = document.intact ? [] : [{ code: 'repaired', message: 'the index of the file was damaged' }];
  const { metadata, attachments, outline, pages: count } = document;
  if (isFirst) tellActivePdf(bytes, document.scripts, context.active);
  const carry = (file: Attachment): void => {
    warnings.push({ code: 'attachment-skipped', message: file.name });
    if (context.carry) context.carry(file.name, file.bytes());
  };
  if (isFirst) attachments.forEach(carry);
  const hooks: PageHooks = { carry, ...(context.link && { link: context.link }) };
  const [from, to] = [context.pages?.from ?? 1, Math.min(count, context.pages?.to ?? count)];
  const pages: PageLayout[] = [];
  const budget = characterBudget(context);
  let [missing, crashes] = [0, 0];
  try {
    for (let index = from - 1; index < to && missing < MAX_MISSING; index += 1) {
      const { page, crashed } = readSafely(document, index, hooks);
      if (crashed) {
        crashes += 1;
        document.abandon();
        if (crashes > MAX_CRASHES) throw new SluiceError('corrupt', `reading ${name}: ${crashes} pages broke the PDF reader`);
        document = await openPdf(bytes, name);
      }
      missing = page === undefined && !crashed ? missing + 1 : 0;
      if (index % PAGES_TOLD === PAGES_TOLD - 1) await context.progress?.(PAGES_TOLD);
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
  const lies = missing === MAX_MISSING && pages.length > 0 && context.pages === undefined;
  return assembled(context, pages, outline, { metadata, warnings, pages: lies ? pages.length : count });
};

function readSafely(document: PdfDocument, index: number, hooks: PageHooks): { page: PageLayout | undefined; crashed: boolean } {
  try {
    return { page: readPage(document, index, hooks), crashed: false };
  } catch (error) {
    // A trap inside WebAssembly, or its stack at an end.
    if (error instanceof Error && /^(?:RuntimeError|RangeError)$/.test(error.name)) return { page: undefined, crashed: true };
    throw error;
  }
}

function assembled(
  { name, pages: range, mayBeEmpty }: ParseContext,
  pages: readonly PageLayout[],
  outline: readonly OutlineEntry[],
  rest: Pick<Extracted, 'metadata' | 'warnings'> & { pages: number },
): Extracted {
  if (pages.length === 0 && range === undefined)
    throw new SluiceError('corrupt', `reading ${name}: none of its ${rest.pages} pages can be read`);
  const elements = elementsOf(pages, outline);
  const broken = pages.filter(isBroken);
  const carriesFiles = rest.warnings.some(({ code }) => code === 'attachment-skipped');
  if (elements.length === 0 && !mayBeEmpty && !carriesFiles)
    throw new SluiceError(
      'no-text',
      `reading ${name}: none of its ${pages.length} pages has text; it is a scan or pictures only and needs OCR`,
    );
  const pictures = pages.filter((page) => page.characters === 0 && page.pictured > 0 && !isBroken(page));
  for (const { page } of pictures)
    rest.warnings.push({ code: 'page-without-text', message: 'a picture without text, which needs OCR', page });
  for (const { page } of broken) {
    rest.warnings.push({ code: 'unmapped-text', message: 'a font does not say what its characters mean, which needs OCR', page });
  }
  const scans = pages.filter((page) => pictures.includes(page) || broken.includes(page));
  const sizes = scans.map((scan) => {
    const { page, width, height } = scan;
    return { page, width, height, ...(broken.includes(scan) && { broken: true as const }) };
  });
  return { format: 'pdf', elements, ...(sizes.length > 0 && { scans: sizes }), ...rest };
}

/** Characters without a meaning that make a page's text worthless, and the part of it that they then are. */
const [MANY_UNMAPPED, UNMAPPED_PART] = [20, 0.3];

/** Whether what the file says of its text is not what a person sees: then the page is read as a picture. */
const isBroken = ({ unmapped, characters }: PageLayout): boolean =>
  unmapped >= MANY_UNMAPPED && unmapped >= UNMAPPED_PART * Math.max(unmapped, characters);

/** Throws `too-large` once the pages' characters are more than the limit. */
function characterBudget({ name, limits }: ParseContext): (characters: number) => void {
  let total = 0;
  return (characters) => {
    total += characters;
    if (total > limits.maxTextLength)
      throw new SluiceError('too-large', `reading ${name}: more than ${limits.maxTextLength} characters of text`);
  };
}
