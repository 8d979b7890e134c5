import { crc32, deflateSync } from 'node:zlib';
import { SluiceError } from '#core/errors.ts';
import { openPdf, type PdfDocument } from './document.ts';

/** What recognisers ask for: small print is read well, and a page stays under a few megabytes. */
const DOTS_PER_INCH = 200;
/** Dots of the longer side at most; recognisers refuse more than 10,000. */
const MAX_DOTS = 5_000;

const [GRAY, ANNOTATIONS, GRAYSCALE] = [1, 0x01, 0x08];
const WHITE = 0xffffffff;

/** A page (from 1) as a grey PNG picture. Throws `corrupt` for a page that cannot be drawn. */
export async function pdfPicture(bytes: Uint8Array, name: string, page: number): Promise<Uint8Array> {
  const document = await openPdf(bytes, name);
  try {
    return drawn(document, name, page);
  } finally {
    document.close();
  }
}

function drawn({ pdfium, handle }: PdfDocument, name: string, number: number): Uint8Array {
  const { call, scratch, float, heap } = pdfium;
  const failed = (): SluiceError => new SluiceError('corrupt', `reading ${name}: page ${number} cannot be drawn`);
  const page = call.FPDF_LoadPage(handle, number - 1);
  if (page === 0) throw failed();
  try {
    call.FPDF_GetPageBoundingBox(page, scratch);
    const [left, top, right, bottom] = [float(scratch), float(scratch + 4), float(scratch + 8), float(scratch + 12)];
    const isTurned = call.FPDFPage_GetRotation(page) % 2 === 1;
    const [across, down] = [Math.abs(right - left), Math.abs(top - bottom)];
    const points = isTurned ? { width: down, height: across } : { width: across, height: down };
    const scale = Math.min(DOTS_PER_INCH / 72, MAX_DOTS / Math.max(points.width, points.height, 1));
    const [width, height] = [Math.max(1, Math.round(points.width * scale)), Math.max(1, Math.round(points.height * scale))];
    const bitmap = call.FPDFBitmap_CreateEx(width, height, GRAY, 0, 0);
    if (bitmap === 0) throw failed();
    try {
      call.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
      call.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, ANNOTATIONS | GRAYSCALE);
      const [start, stride] = [call.FPDFBitmap_GetBuffer(bitmap), call.FPDFBitmap_GetStride(bitmap)];
      return grayPng(heap().subarray(start, start + stride * height), { width, height, stride });
    } finally {
      call.FPDFBitmap_Destroy(bitmap);
    }
  } finally {
    call.FPDF_ClosePage(page);
  }
}

/** Rows of one byte per dot as PNG (W3C, Portable Network Graphics), each row as its differences to the one above. */
function grayPng(dots: Uint8Array, { width, height, stride }: { width: number; height: number; stride: number }): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    const [row, above, out] = [y * stride, (y - 1) * stride, y * (width + 1)];
    rows[out] = 2;
    for (let x = 0; x < width; x++) rows[out + 1 + x] = (dots[row + x] ?? 0) - (y === 0 ? 0 : (dots[above + x] ?? 0));
  }
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint8(8, 8);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([
    signature,
    chunk('IHDR', new Uint8Array(head.buffer)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
