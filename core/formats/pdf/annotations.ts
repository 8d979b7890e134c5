import { type Attachment, pinnedFile } from './attachments.ts';
import { onPage, type PageGeometry } from './frame.ts';
import type { Box, Note } from './model.ts';
import type { Pdfium } from './pdfium.ts';

const FREE_TEXT = 3;
const LINK = 2;
const TO_ADDRESS = 3;
const POPUP = 16;
const FILE = 17;
const WIDGET = 20;
const HIDDEN = 1 << 1;
const NO_VIEW = 1 << 5;
/** A page with more is a form gone wrong; the rest is not read. */
const MAX_ANNOTATIONS = 2_000;
const NORMAL_DISPLAY = 0;

/** Takes up the files that are pinned to a page, and where its links lead. */
export type PageHooks = { carry: (file: Attachment) => void; link?: (address: string) => void };

/** What is pinned to a page. */
export type Annotations = {
  /** Comments with who made them. */
  notes: Note[];
  /** Whether form fields or text boxes show text that is not part of the page's own content. */
  drawn: boolean;
  /** What stands in fields that have only a value, and leave its drawing to the viewer; boxes in the file's coordinates. */
  values: { text: string; box: Box }[];
};

export function readAnnotations(
  pdfium: Pdfium,
  { document, page }: { document: number; page: number },
  geometry: PageGeometry,
  { carry, link }: PageHooks,
): Annotations {
  const { call } = pdfium;
  const found: Annotations = { notes: [], drawn: false, values: [] };
  const count = Math.min(call.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS);
  for (let index = 0; index < count; index += 1) {
    const annotation = call.FPDFPage_GetAnnot(page, index);
    if (annotation === 0) continue;
    const subtype = call.FPDFAnnot_GetSubtype(annotation);
    const visible = (call.FPDFAnnot_GetFlags(annotation) & (HIDDEN | NO_VIEW)) === 0;
    const file = subtype === FILE ? pinnedFile(pdfium, annotation) : undefined;
    if (file) carry(file);
    if (link && subtype === LINK) link(addressOf(pdfium, document, annotation));
    if (visible && (subtype === WIDGET || subtype === FREE_TEXT)) {
      if (hasAppearance(pdfium, annotation)) found.drawn = true;
      else found.values.push(...valueOfField(pdfium, annotation, subtype === WIDGET ? 'V' : 'Contents'));
    } else if (visible && subtype !== LINK && subtype !== POPUP) found.notes.push(...noteOf(pdfium, annotation, geometry));
    call.FPDFPage_CloseAnnot(annotation);
  }
  return found;
}

function addressOf({ call, text8 }: Pdfium, document: number, annotation: number): string {
  const action = call.FPDFLink_GetAction(call.FPDFAnnot_GetLink(annotation));
  return call.FPDFAction_GetType(action) === TO_ADDRESS
    ? text8((buffer, size) => call.FPDFAction_GetURIPath(document, action, buffer, size))
    : '';
}

/** Draws form fields and text boxes into the page; it must be loaded again to show them. */
export const flatten = ({ call }: Pdfium, page: number): boolean => call.FPDFPage_Flatten(page, NORMAL_DISPLAY) === 1;

function noteOf(pdfium: Pdfium, annotation: number, geometry: PageGeometry): Note[] {
  const text = entryOf(pdfium, annotation, 'Contents').trim();
  if (text === '') return [];
  const author = entryOf(pdfium, annotation, 'T').trim();
  return [{ text: author === '' ? text : `${author}: ${text}`, box: onPage(rectOf(pdfium, annotation), geometry) }];
}

function entryOf({ call, text16, cString }: Pdfium, annotation: number, key: string): string {
  return cString(key, (name) => text16((buffer, size) => call.FPDFAnnot_GetStringValue(annotation, name, buffer, size)));
}

const hasAppearance = ({ call }: Pdfium, annotation: number): boolean => call.FPDFAnnot_GetAP(annotation, 0, 0, 0) > 2;

function valueOfField(pdfium: Pdfium, annotation: number, key: string): Annotations['values'] {
  const text = entryOf(pdfium, annotation, key).trim();
  return text === '' ? [] : [{ text, box: rectOf(pdfium, annotation) }];
}

function rectOf({ call, scratch, float }: Pdfium, annotation: number): Box {
  call.FPDFAnnot_GetRect(annotation, scratch);
  const [left, top, right, bottom] = [float(scratch), float(scratch + 4), float(scratch + 8), float(scratch + 12)];
  return { x0: Math.min(left, right), y0: Math.min(top, bottom), x1: Math.max(left, right), y1: Math.max(top, bottom) };
}
