import type { Extracted } from '#schemas/records/extracted.ts';
import { tellActiveStorage } from './active/office.ts';
import { type Collector, collector } from './collect.ts';
import { openCompoundFile } from './compound-file.ts';
import type { ParseContext } from './index.ts';
import { openPpt, type PptFile } from './ppt/file.ts';
import { carryOleObjects } from './ppt/objects.ts';
import { type Atom, atomOf, atomsIn, atomsWithin, Type, unicodeOf } from './ppt/records.ts';
import { addShapes, notesIn } from './ppt/shapes.ts';
import { type SlideText, textsIn } from './ppt/text.ts';
import { summaryProperties } from './summary-properties.ts';

const SLIDES = 0;
const NOTES = 2;
const HIDDEN = 4;

/** A slide or notes page as the document lists it: `outline` are its texts as far as they stand in the list. */
type Entry = { reference: number; id: number; outline: Atom[] };

/** A presentation of PowerPoint 97 to 2003: its slides in order, each with its speaker notes and comments after it. */
export function parsePpt(bytes: Uint8Array, context: ParseContext): Extracted {
  const out = collector(context);
  const storage = openCompoundFile(bytes, context);
  const file = openPpt(storage, context);
  tellActiveStorage(storage, context.active);
  context.active?.('active-macro', [...atomsWithin(file.document.data, Type.VbaInfo)].filter(hasMacros).length);
  context.active?.('active-control', [...atomsWithin(file.document.data, Type.Control)].length);
  carryOleObjects(file, context);
  const notes = notesBySlide(file);
  const slides = entriesOf(file.document, SLIDES);
  for (const [index, entry] of slides.entries()) {
    const slide = file.persisted(entry.reference);
    if (slide?.type !== Type.Slide) out.warn('broken-part', `slide ${index + 1} is not in the file`);
    else addSlide(slide, textsIn(entry.outline, index + 1), notes.get(entry.id) ?? [], index + 1, out);
  }
  return { format: 'ppt', metadata: summaryProperties(storage), elements: out.elements, pages: slides.length, warnings: out.warnings };
}

const hasMacros = ({ data }: Atom): boolean => data.length >= 8 && data.readUInt32LE(4) === 1;

function entriesOf(document: Atom, list: number): Entry[] {
  const entries: Entry[] = [];
  for (const container of atomsIn(document.data)) {
    if (container.type !== Type.SlideListWithText || container.instance !== list) continue;
    for (const atom of atomsIn(container.data)) {
      if (atom.type === Type.SlidePersist && atom.data.length >= 16)
        entries.push({ reference: atom.data.readUInt32LE(0), id: atom.data.readUInt32LE(12), outline: [] });
      else entries.at(-1)?.outline.push(atom);
    }
  }
  return entries;
}

function notesBySlide(file: PptFile): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { reference } of entriesOf(file.document, NOTES)) {
    const page = file.persisted(reference);
    const about = atomOf(page, Type.NotesAtom)?.data;
    if (page?.type === Type.Notes && about !== undefined && about.length >= 4)
      found.set(about.readUInt32LE(), notesIn(atomOf(page, Type.Drawing)));
  }
  return found;
}

function addSlide(slide: Atom, outline: SlideText[], notes: readonly string[], number: number, out: Collector): void {
  const show = atomOf(slide, Type.SlideShowInfo)?.data;
  const isHidden = show !== undefined && show.length >= 12 && (show.readUInt16LE(10) & HIDDEN) !== 0;
  const flags = { slide: number, ...(isHidden && { hidden: 'hidden-slide' }) };
  addShapes(atomOf(slide, Type.Drawing), outline, flags, out);
  for (const text of stringsOf(atomOf(slide, Type.HeadersFooters))) out.add({ kind: 'paragraph', text, ...flags, boilerplate: 'footer' });
  for (const text of notes) out.add({ kind: 'note', text, ...flags });
  for (const comment of atomsWithin(slide.data, Type.Comment)) {
    // The author stands first, the text second.
    for (const text of stringsOf(comment, 1)) out.add({ kind: 'note', text, ...flags });
  }
}

const stringsOf = (container: Atom | undefined, instance?: number): string[] =>
  container === undefined
    ? []
    : [...atomsIn(container.data)]
        .filter((atom) => atom.type === Type.CString && (instance === undefined || atom.instance === instance))
        .map((atom) => unicodeOf(atom).trim());
