import type { Pdfium } from './pdfium.ts';

/** A file that carries more is made to be unpacked, not to be read. */
const MAX_ATTACHMENTS = 100;

/** A file within a PDF; `bytes` are copied out of PDFium's memory when they are asked for. */
export type Attachment = { name: string; bytes(): Uint8Array };

/** Files that the document as a whole carries. */
export function attachmentsOf(pdfium: Pdfium, handle: number): Attachment[] {
  const { call } = pdfium;
  const count = Math.min(call.FPDFDoc_GetAttachmentCount(handle), MAX_ATTACHMENTS);
  return Array.from({ length: count }, (_, index) => attachment(pdfium, call.FPDFDoc_GetAttachment(handle, index)));
}

/** The file that is pinned to a page by an annotation; undefined: none. */
export function pinnedFile(pdfium: Pdfium, annotation: number): Attachment | undefined {
  const handle = pdfium.call.FPDFAnnot_GetFileAttachment(annotation);
  return handle === 0 ? undefined : attachment(pdfium, handle);
}

function attachment(pdfium: Pdfium, handle: number): Attachment {
  const { call, text16 } = pdfium;
  const name = handle === 0 ? '' : text16((buffer, size) => call.FPDFAttachment_GetName(handle, buffer, size));
  return { name: name.replace(/\0/g, '').trim() || 'unnamed', bytes: () => (handle === 0 ? new Uint8Array(0) : bytesOf(pdfium, handle)) };
}

function bytesOf({ call, scratch, uint32, heap }: Pdfium, handle: number): Uint8Array {
  if (call.FPDFAttachment_GetFile(handle, 0, 0, scratch) === 0) return new Uint8Array(0);
  const size = uint32(scratch);
  const buffer = size === 0 ? 0 : call.malloc(size);
  if (buffer === 0) return new Uint8Array(0);
  try {
    const isRead = call.FPDFAttachment_GetFile(handle, buffer, size, scratch) !== 0;
    return isRead ? heap().slice(buffer, buffer + size) : new Uint8Array(0);
  } finally {
    call.free(buffer);
  }
}
