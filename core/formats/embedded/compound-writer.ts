import type { Storage } from '../compound-file.ts';

/** Large sectors, so that the table that the header can name is enough. */
const SECTOR = 4096;
const HEADER = 512;
const MINI = 64;
/** Streams below this stand in the stream of small ones ([MS-CFB] 2.6.4). */
const CUTOFF = 4096;
const [FREE, END, FAT_SECTOR] = [0xffffffff, 0xfffffffe, 0xfffffffd];
/** Sectors of the allocation table that the header itself can name: some 450 MB. A longer list would go on in sectors of its own. */
const IN_HEADER = 109;
const [FOLDER, STREAM, ROOT] = [1, 2, 5];

type Node = { name: string; kind: number; body: Uint8Array; children: number[] };

/** The folder and all below it, each with the places of those in it. */
function nodesOf(folder: Storage): Node[] {
  const root: Node = { name: 'Root Entry', kind: ROOT, body: new Uint8Array(0), children: [] };
  const nodes = [root];
  const open: [Node, Storage][] = [[root, folder]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [parent, storage] = next;
    const place = (node: Node): Node => {
      parent.children.push(nodes.push(node) - 1);
      return node;
    };
    for (const name of storage.streams) place({ name, kind: STREAM, body: storage.read(name) ?? new Uint8Array(0), children: [] });
    for (const [name, inner] of storage.storages) open.push([place({ name, kind: FOLDER, body: new Uint8Array(0), children: [] }), inner]);
  }
  return nodes;
}

const padded = (body: Uint8Array, unit: number): Buffer => {
  const whole = Buffer.alloc(Math.ceil(body.length / unit) * unit);
  whole.set(body);
  return whole;
};

const chained = (table: number[], count: number): number => {
  const first = table.length;
  for (let i = 1; i <= count; i++) table.push(i === count ? END : first + i);
  return count === 0 ? END : first;
};

const tableBytes = (table: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(Math.ceil((table.length * 4) / SECTOR) * SECTOR, 0xff);
  table.forEach((value, i) => {
    bytes.writeUInt32LE(value, i * 4);
  });
  return bytes;
};

/** A folder of a compound file as a file of its own, as a program keeps the documents of other programs. Undefined: too large for the one table written here. */
export function writeCompoundFile(folder: Storage): Uint8Array | undefined {
  const nodes = nodesOf(folder);
  const fat: number[] = [];
  const sectors: Buffer[] = [];
  const write = (body: Buffer): number => {
    if (body.length > 0) sectors.push(body);
    return chained(fat, body.length / SECTOR);
  };
  const miniFat: number[] = [];
  const small: Buffer[] = [];
  const starts = nodes.map(({ kind, body }) => {
    if (kind !== STREAM) return kind === ROOT ? END : 0;
    if (body.length >= CUTOFF) return write(padded(body, SECTOR));
    const piece = padded(body, MINI);
    small.push(piece);
    return chained(miniFat, piece.length / MINI);
  });
  const miniStream = Buffer.concat(small);
  starts[0] = write(padded(miniStream, SECTOR));
  const miniTable = write(tableBytes(miniFat));
  const entries = directoryOf(nodes, starts, miniStream.length);
  const directory = write(entries);
  return assembled({
    fat,
    sectors,
    directory,
    directorySectors: entries.length / SECTOR,
    miniTable,
    miniSectors: Math.ceil((miniFat.length * 4) / SECTOR),
  });
}

/** Those in a folder hang on its first one, each to the right of the one before, in the order that readers compare names in. */
function directoryOf(nodes: readonly Node[], starts: readonly number[], miniLength: number): Buffer {
  const bytes = padded(new Uint8Array(nodes.length * 128), SECTOR);
  const right = new Map<number, number>();
  const order = (i: number): string => `${String(nodes[i]?.name.length).padStart(3, '0')}${nodes[i]?.name.toUpperCase()}`;
  const first = nodes.map(({ children }) => {
    const sorted = children.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
    sorted.forEach((child, i) => {
      const next = sorted[i + 1];
      if (next !== undefined) right.set(child, next);
    });
    return sorted[0] ?? FREE;
  });
  nodes.forEach(({ name, kind, body }, i) => {
    const at = i * 128;
    const written = bytes.write(name.slice(0, 31), at, 'utf16le');
    bytes.writeUInt16LE(written + 2, at + 64);
    bytes.writeUInt8(kind, at + 66);
    bytes.writeUInt8(1, at + 67);
    bytes.writeUInt32LE(FREE, at + 68);
    bytes.writeUInt32LE(right.get(i) ?? FREE, at + 72);
    bytes.writeUInt32LE(first[i] ?? FREE, at + 76);
    bytes.writeUInt32LE(starts[i] ?? END, at + 116);
    bytes.writeUInt32LE(kind === ROOT ? miniLength : body.length, at + 120);
  });
  return bytes;
}

type Written = { fat: number[]; sectors: Buffer[]; directory: number; directorySectors: number; miniTable: number; miniSectors: number };

function assembled({ fat, sectors, directory, directorySectors, miniTable, miniSectors }: Written): Uint8Array | undefined {
  let tables = 0;
  while (tables * (SECTOR / 4) < fat.length + tables) tables += 1;
  if (tables > IN_HEADER) return undefined;
  const firstTable = fat.length;
  for (let i = 0; i < tables; i++) fat.push(FAT_SECTOR);
  const header = Buffer.alloc(SECTOR);
  header.fill(0xff, 76, HEADER);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  [0x3e, 4, 0xfffe, 12, 6].forEach((value, i) => {
    header.writeUInt16LE(value, 24 + i * 2);
  });
  const fields = [directorySectors, tables, directory, 0, CUTOFF, miniSectors === 0 ? END : miniTable, miniSectors, END, 0];
  fields.forEach((value, i) => {
    header.writeUInt32LE(value, 40 + i * 4);
  });
  for (let i = 0; i < tables; i++) header.writeUInt32LE(firstTable + i, 76 + i * 4);
  return Buffer.concat([header, ...sectors, tableBytes(fat)]);
}
