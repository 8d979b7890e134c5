import { type RangedFile, viewOf } from './reader.ts';

/** Directory sectors that are read; the streams that tell a format stand among the first. */
const MAX_SECTORS = 64;

type Entry = { name: string; beside: readonly number[]; first: number };

/** The names of what lies in the root folder of an OLE2 compound file, as far as its directory can be read. */
export async function readOleNames(file: RangedFile, head: Uint8Array): Promise<Set<string>> {
  const entries: Entry[] = [];
  if (head.length < 512) return new Set();
  const header = viewOf(head);
  const shift = header.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return new Set();
  const sectorSize = 2 ** shift;
  const sectorAt = (sector: number): number => (sector + 1) * sectorSize;
  let sector = header.getUint32(48, true);
  for (let read = 0; read < MAX_SECTORS && sector < 0xfffffffa && sectorAt(sector) < file.size; read++) {
    collectEntries(await file.read(sectorAt(sector), sectorAt(sector) + sectorSize), entries);
    sector = await nextSector(file, header, sector, sectorSize, sectorAt);
  }
  return inRoot(entries);
}

/** A document in a document has streams of another kind further down; where the tree is broken, all names count. */
function inRoot(entries: readonly Entry[]): Set<string> {
  const names = new Set<string>();
  const seen = new Set<number>();
  const open = [entries[0]?.first ?? 0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const entry = entries[at];
    if (entry === undefined || at === 0 || seen.has(at)) continue;
    seen.add(at);
    names.add(entry.name);
    open.push(...entry.beside);
  }
  return names.size > 0 ? names : new Set(entries.map(({ name }) => name));
}

function collectEntries(bytes: Uint8Array, entries: Entry[]): void {
  const view = viewOf(bytes);
  for (let at = 0; at + 128 <= bytes.length; at += 128) {
    const length = Math.min(view.getUint16(at + 64, true), 64);
    let name = '';
    for (let i = 0; i + 2 < length; i += 2) name += String.fromCharCode(view.getUint16(at + i, true));
    entries.push({ name, beside: [view.getUint32(at + 68, true), view.getUint32(at + 72, true)], first: view.getUint32(at + 76, true) });
  }
}

/** The FAT entry of a sector. Only the 109 FAT sectors that the header itself lists are looked up: 6.8 MB in sectors of 512 bytes. */
async function nextSector(
  file: RangedFile,
  header: DataView,
  sector: number,
  sectorSize: number,
  sectorAt: (sector: number) => number,
): Promise<number> {
  const perSector = sectorSize / 4;
  const fatIndex = Math.floor(sector / perSector);
  if (fatIndex >= 109) return 0xffffffff;
  const fatSector = header.getUint32(76 + fatIndex * 4, true);
  if (fatSector >= 0xfffffffa) return 0xffffffff;
  const at = sectorAt(fatSector) + (sector % perSector) * 4;
  const entry = at + 4 <= file.size ? await file.read(at, at + 4) : new Uint8Array(0);
  return entry.length < 4 ? 0xffffffff : viewOf(entry).getUint32(0, true);
}
