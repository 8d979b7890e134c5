/** The tag of EXIF that says how a camera was held (CIPA DC-008, 4.6.5). */
const ORIENTATION = 0x0112;

/** How the dots of a JPEG picture are turned and mirrored, 1 to 8 as EXIF counts; 1, as they are, where it says nothing. */
export function orientationOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 10 < view.byteLength && view.getUint8(at) === 0xff; ) {
    const [marker, length] = [view.getUint8(at + 1), view.getUint16(at + 2)];
    if (marker === 0xda) break;
    if (marker === 0xe1 && view.getUint32(at + 4) === 0x45786966) return readOrientation(view, at + 10, at + 2 + length);
    at += 2 + length;
  }
  return 1;
}

function readOrientation(view: DataView, start: number, segmentEnd: number): number {
  const end = Math.min(segmentEnd, view.byteLength);
  if (start + 8 > end) return 1;
  const little = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, little);
  if (directory + 2 > end) return 1;
  const entries = view.getUint16(directory, little);
  for (let at = directory + 2; at + 12 <= end && at < directory + 2 + entries * 12; at += 12) {
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
