/** A record of a presentation ([MS-PPT] 2.3.1) or of the drawings in it ([MS-ODRAW] 2.2.1). */
export type Atom = { type: number; instance: number; isContainer: boolean; data: Buffer };

export const Type = {
  Document: 0x03e8,
  Slide: 0x03ee,
  SlideAtom: 0x03ef,
  Notes: 0x03f0,
  NotesAtom: 0x03f1,
  SlidePersist: 0x03f3,
  SlideShowInfo: 0x03f9,
  VbaInfo: 0x0400,
  Drawing: 0x040c,
  Placeholder: 0x0bc3,
  OutlineTextRef: 0x0f9e,
  TextHeader: 0x0f9f,
  TextChars: 0x0fa0,
  TextStyle: 0x0fa1,
  TextBytes: 0x0fa8,
  CString: 0x0fba,
  HeadersFooters: 0x0fd9,
  SlideNumber: 0x0fd8,
  DateTime: 0x0ff7,
  OleStorage: 0x1011,
  RtfDateTime: 0x1015,
  OleObject: 0x0fc3,
  Control: 0x0fee,
  SlideListWithText: 0x0ff0,
  UserEdit: 0x0ff5,
  BinaryTagData: 0x138b,
  PersistDirectory: 0x1772,
  Comment: 0x2ee0,
  Group: 0xf003,
  Shape: 0xf004,
  ShapeOptions: 0xf00b,
  ClientTextbox: 0xf00d,
  ChildAnchor: 0xf00f,
  ClientData: 0xf011,
  TertiaryOptions: 0xf122,
} as const;

const HEADER = 8;

/** The record at an offset; undefined where none fits. */
export function atomAt(data: Buffer, at: number): (Atom & { end: number }) | undefined {
  if (at < 0 || at + HEADER > data.length) return undefined;
  const head = data.readUInt16LE(at);
  const end = at + HEADER + data.readUInt32LE(at + 4);
  const isWhole = end <= data.length;
  if (!isWhole && (head & 15) !== 15) return undefined;
  // A container that is cut off still has what stands before the break.
  const body = data.subarray(at + HEADER, Math.min(end, data.length));
  return { type: data.readUInt16LE(at + 2), instance: head >> 4, isContainer: (head & 15) === 15, data: body, end };
}

export function* atomsIn(data: Buffer): Generator<Atom> {
  for (let at = 0; ; ) {
    const atom = atomAt(data, at);
    if (atom === undefined) return;
    yield atom;
    at = atom.end;
  }
}

export const atomOf = (parent: Atom | undefined, type: number): Atom | undefined => {
  if (parent === undefined) return undefined;
  for (const atom of atomsIn(parent.data)) if (atom.type === type) return atom;
  return undefined;
};

const MAX_DEPTH = 50;

/** Records of a type at any depth; does not look inside a match. */
export function* atomsWithin(data: Buffer, type: number, depth = 0): Generator<Atom> {
  if (depth > MAX_DEPTH) return;
  for (const atom of atomsIn(data)) {
    if (atom.type === type) yield atom;
    else if (atom.isContainer || atom.type === Type.BinaryTagData) yield* atomsWithin(atom.data, type, depth + 1);
  }
}

export const unicodeOf = (atom: Atom): string => atom.data.toString('utf16le');
