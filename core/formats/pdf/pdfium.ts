import { PDFiumModule } from '@hyzyla/pdfium';

const FUNCTIONS = [
  'malloc',
  'free',
  'FPDF_InitLibrary',
  'FPDF_LoadMemDocument',
  'FPDF_CloseDocument',
  'FPDF_GetLastError',
  'FPDF_GetPageCount',
  'FPDF_GetMetaText',
  'FPDFDoc_GetJavaScriptActionCount',
  'FPDFDoc_GetAttachmentCount',
  'FPDFDoc_GetAttachment',
  'FPDFAttachment_GetName',
  'FPDFAttachment_GetFile',
  'FPDF_DocumentHasValidCrossReferenceTable',
  'FPDFBookmark_GetFirstChild',
  'FPDFBookmark_GetNextSibling',
  'FPDFBookmark_GetTitle',
  'FPDFBookmark_GetDest',
  'FPDFBookmark_GetAction',
  'FPDFAction_GetDest',
  'FPDFAction_GetType',
  'FPDFAction_GetURIPath',
  'FPDFDest_GetDestPageIndex',
  'FPDFAnnot_GetLink',
  'FPDFLink_GetAction',
  'FPDF_GetPageLabel',
  'FPDF_LoadPage',
  'FPDF_ClosePage',
  'FPDF_GetPageBoundingBox',
  'FPDFPage_GetRotation',
  'FPDF_RenderPageBitmap',
  'FPDFBitmap_CreateEx',
  'FPDFBitmap_FillRect',
  'FPDFBitmap_GetBuffer',
  'FPDFBitmap_GetStride',
  'FPDFBitmap_Destroy',
  'FPDFPage_CountObjects',
  'FPDFPage_GetObject',
  'FPDFPage_GetAnnotCount',
  'FPDFPage_GetAnnot',
  'FPDFPage_CloseAnnot',
  'FPDFPage_Flatten',
  'FPDFAnnot_GetSubtype',
  'FPDFAnnot_GetAP',
  'FPDFAnnot_GetFlags',
  'FPDFAnnot_GetRect',
  'FPDFAnnot_GetStringValue',
  'FPDFAnnot_GetFileAttachment',
  'FPDFPageObj_GetType',
  'FPDFPageObj_GetBounds',
  'FPDFPageObj_GetFillColor',
  'FPDFPageObj_GetMatrix',
  'FPDFFormObj_CountObjects',
  'FPDFFormObj_GetObject',
  'FPDFPath_CountSegments',
  'FPDFPath_GetPathSegment',
  'FPDFPathSegment_GetPoint',
  'FPDFPathSegment_GetType',
  'FPDFPathSegment_GetClose',
  'FPDFPath_GetDrawMode',
  'FPDFText_LoadPage',
  'FPDFText_ClosePage',
  'FPDFText_CountChars',
  'FPDFText_GetUnicode',
  'FPDFText_HasUnicodeMapError',
  'FPDFText_GetLooseCharBox',
  'FPDFText_GetCharBox',
  'FPDFText_GetCharOrigin',
  'FPDFText_GetMatrix',
  'FPDFText_GetFontSize',
  'FPDFText_GetTextObject',
  'FPDFText_IsHyphen',
  'FPDFText_GetFillColor',
  'FPDFTextObj_GetFont',
  'FPDFTextObj_GetTextRenderMode',
  'FPDFFont_GetFlags',
  'FPDFFont_GetWeight',
  'FPDFFont_GetBaseFontName',
] as const;

type FunctionName = (typeof FUNCTIONS)[number];
type Native = (...args: number[]) => number;
type Functions = Readonly<Record<FunctionName, Native>>;
const isComplete = (module: object): module is Functions => FUNCTIONS.every((name) => typeof Reflect.get(module, name) === 'function');

/** Bytes of scratch memory for answers through pointers. */
const SCRATCH = 4096;

/** PDFium's C interface inside its WebAssembly memory; pointers are byte offsets. */
export type Pdfium = {
  readonly call: Functions;
  /** A small buffer for what a call answers through a pointer; the next use overwrites it. */
  readonly scratch: number;
  /** The memory; a view of it is void after any call that may have allocated. */
  heap(): Uint8Array;
  float(pointer: number): number;
  double(pointer: number): number;
  uint32(pointer: number): number;
  /** `use` with a pointer to an ASCII text with a final zero. */
  cString<T>(text: string, use: (pointer: number) => T): T;
  /** A text that a call writes as UTF-16LE with a final zero: `read(buffer, size)` answers its length in bytes. */
  text16(read: (buffer: number, size: number) => number): string;
  /** The same for one byte per character. */
  text8(read: (buffer: number, size: number) => number): string;
};

/** Longest text that a document's dictionaries are asked for. */
const MAX_TEXT_BYTES = 1 << 20;
/** Beyond this a module is not used again: WebAssembly memory never shrinks. */
const MAX_KEPT_BYTES = 192 * 1024 * 1024;

let loaded: Promise<Pdfium> | undefined;

/** The process's PDFium, loaded at first use. */
export function loadPdfium(): Promise<Pdfium> {
  loaded ??= instantiate();
  return loaded;
}

/** Lets a module go that crashed or grew large; the next `loadPdfium` starts a new one. */
export function releasePdfium(pdfium: Pdfium | undefined): void {
  if (pdfium === undefined || pdfium.heap().byteLength > MAX_KEPT_BYTES) loaded = undefined;
}

async function instantiate(): Promise<Pdfium> {
  const module = await PDFiumModule({});
  const exported: object = module.wasmExports;
  if (!isComplete(exported)) throw new Error('a PDFium build that lacks functions');
  exported.FPDF_InitLibrary();
  return access(exported, () => module.HEAPU8);
}

/** `heap` answers the view that is valid now: growing memory voids the ones before. */
function access(call: Functions, heap: () => Uint8Array): Pdfium {
  let floats = new Float32Array(heap().buffer);
  let doubles = new Float64Array(heap().buffer);
  let words = new Uint32Array(heap().buffer);
  /** A view of memory that has grown since is empty; what calls answer is aligned and in this machine's byte order, as WebAssembly's is. */
  const renew = (): void => {
    floats = new Float32Array(heap().buffer);
    doubles = new Float64Array(heap().buffer);
    words = new Uint32Array(heap().buffer);
  };
  const scratch = call.malloc(SCRATCH);
  const text = (encoding: 'utf-16le' | 'latin1', ending: number, read: (buffer: number, size: number) => number): string => {
    const size = read(0, 0);
    if (size <= ending || size > MAX_TEXT_BYTES) return '';
    const own = size > SCRATCH;
    const buffer = own ? call.malloc(size) : scratch;
    const written = Math.min(size, read(buffer, size));
    const bytes = heap().slice(buffer, buffer + Math.max(0, written - ending));
    if (own) call.free(buffer);
    return new TextDecoder(encoding).decode(bytes);
  };
  return {
    call,
    scratch,
    heap,
    float(pointer) {
      if (floats.length === 0) renew();
      return floats[pointer >> 2] ?? 0;
    },
    double(pointer) {
      if (floats.length === 0) renew();
      return doubles[pointer >> 3] ?? 0;
    },
    uint32(pointer) {
      if (floats.length === 0) renew();
      return words[pointer >> 2] ?? 0;
    },
    cString(value, use) {
      const pointer = call.malloc(value.length + 1);
      heap().set(new TextEncoder().encode(`${value}\0`), pointer);
      try {
        return use(pointer);
      } finally {
        call.free(pointer);
      }
    },
    text16: (read) => text('utf-16le', 2, read),
    text8: (read) => text('latin1', 1, read),
  };
}
