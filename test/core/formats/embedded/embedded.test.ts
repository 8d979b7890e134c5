import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCompoundFile, type Storage } from '#core/formats/compound-file.ts';
import { openContainer } from '#core/formats/containers/open.ts';
import { parseDocx } from '#core/formats/docx.ts';
import { writeCompoundFile } from '#core/formats/embedded/compound-writer.ts';
import { DEFAULT_PARSE_LIMITS, type Parse, type ParseContext } from '#core/formats/index.ts';
import { carryOleObjects } from '#core/formats/ppt/objects.ts';
import { Type } from '#core/formats/ppt/records.ts';
import { outcome, parseBytes, sampleBytes } from '../legacy/samples.ts';
import { p, relations, wordFile } from '../office/packages.ts';
import { drawn, makePdf } from '../pdf/make-pdf.ts';

const CONTEXT: ParseContext = { name: 'made', limits: DEFAULT_PARSE_LIMITS };
const DOC = sampleBytes('service/maintenance-agreement-2004.doc');
const XLS = sampleBytes('finance/reisekosten-2005.xls');

const folder = (streams: Record<string, Uint8Array>, storages: Record<string, Storage> = {}): Storage => ({
  streams: Object.keys(streams),
  storages: new Map(Object.entries(storages)),
  read: (name) => streams[name],
});

/** A compound file as it is, with further folders in it. */
const withFolders = (file: Storage, more: Record<string, Storage>): Storage => ({
  ...file,
  storages: new Map([...file.storages, ...Object.entries(more)]),
});

/** A file as the packager of Windows wraps it. */
function wrapped(label: string, content: string): Buffer {
  const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'latin1');
  const number = (value: number): Buffer => Buffer.from(new Uint32Array([value]).buffer);
  const body = [
    Buffer.from([2, 0]),
    text(label),
    text(`C:\\${label}`),
    number(0x30000),
    number(label.length + 1),
    text(label),
    number(content.length),
    Buffer.from(content),
  ];
  return Buffer.concat(body);
}

const native = (label: string, content: string): Uint8Array => {
  const body = wrapped(label, content);
  return Buffer.concat([Buffer.from(new Uint32Array([body.length]).buffer), body]);
};

async function carried(
  parse: Parse | ((context: ParseContext) => unknown),
  bytes: Uint8Array = new Uint8Array(0),
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const context: ParseContext = { ...CONTEXT, carry: (name, file) => files.set(name, file) };
  await (parse.length === 1 ? Reflect.apply(parse, undefined, [context]) : Reflect.apply(parse, undefined, [bytes, context]));
  return files;
}

describe('a compound file that is written', () => {
  it('reads as what it was written from, whatever the sizes of its streams', () => {
    const name = fc.stringMatching(/^[A-Za-z\x01]{1,12}$/);
    const streams = fc.dictionary(
      name,
      fc.nat(20_000).map((size) => new Uint8Array(size).fill(size % 251)),
      { maxKeys: 6, noNullPrototype: true },
    );
    fc.assert(
      fc.property(streams, streams, (outer, inner) => {
        const bytes = writeCompoundFile(folder(outer, { 'An inner folder': folder(inner) }));
        const read = openCompoundFile(bytes ?? new Uint8Array(0), CONTEXT);
        const inside = read.storages.get('An inner folder');
        for (const [key, body] of Object.entries(outer)) expect(Buffer.from(read.read(key) ?? []).equals(body)).toBe(true);
        for (const [key, body] of Object.entries(inner)) expect(Buffer.from(inside?.read(key) ?? []).equals(body)).toBe(true);
        expect([read.streams.length, inside?.streams.length]).toEqual([Object.keys(outer).length, Object.keys(inner).length]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('files in office files', () => {
  const links: [string, string, string][] = [
    ['a', 'package', 'embeddings/Report.docx'],
    ['b', 'oleObject', 'embeddings/oleObject1.bin'],
    ['c', 'oleObject', 'embeddings/oleObject2.bin'],
    ['d', 'chart', 'charts/chart1.xml'],
  ];
  const object = writeCompoundFile(folder({ '\x01Ole10Native': native('C:\\temp\\note.txt', 'The valve is shut.') })) ?? '';
  const file = wordFile(
    p('See the report.'),
    {
      'word/embeddings/Report.docx': wordFile(p('Embedded herons.')),
      'word/embeddings/oleObject1.bin': object,
      'word/embeddings/oleObject2.bin': DOC,
      'word/embeddings/data.xlsx': 'the data of a chart',
      'word/charts/_rels/chart1.xml.rels': relations(['x', 'package', '../embeddings/data.xlsx']),
    },
    links,
  );

  it('are handed on as what they are, without those behind charts', async () => {
    const files = await carried(parseDocx, file);
    expect([...files.keys()]).toEqual(['Report.docx', 'note.txt', 'oleObject2.doc']);
    expect(Buffer.from(files.get('note.txt') ?? []).toString()).toBe('The valve is shut.');
    expect(Buffer.from(files.get('oleObject2.doc') ?? []).equals(DOC)).toBe(true);
  });

  it('come out of the folders of the older kind as documents that can be read', async () => {
    const book = withFolders(openCompoundFile(XLS, CONTEXT), { MBD0001: openCompoundFile(DOC, CONTEXT), LNK1: folder({ Workbook: DOC }) });
    const bytes = writeCompoundFile(book) ?? new Uint8Array(0);
    const { members } = await parseBytes(bytes, 'a.xls');
    expect(members).toMatchObject([{ path: 'MBD0001.doc' }]);
    const inner = await (await openContainer(bytes, 'a.xls', DEFAULT_PARSE_LIMITS)).read('MBD0001.doc');
    expect((await parseBytes(inner ?? new Uint8Array(0), 'MBD0001.doc')).elements).toEqual((await parseBytes(DOC, 'a.doc')).elements);
    const doc = withFolders(openCompoundFile(DOC, CONTEXT), { ObjectPool: folder({}, { _12: openCompoundFile(XLS, CONTEXT) }) });
    expect((await parseBytes(writeCompoundFile(doc) ?? new Uint8Array(0), 'a.doc')).members).toMatchObject([{ path: 'object12.xls' }]);
  });

  it('come out of a presentation, packed or not', async () => {
    const object = (place: number): Buffer => {
      const data = Buffer.alloc(28);
      data.writeUInt16LE(Type.OleObject, 2);
      data.writeUInt32LE(20, 4);
      data.writeUInt32LE(place, 24);
      return data;
    };
    const storage = (instance: number, data: Buffer) => ({ type: Type.OleStorage, instance, isContainer: false, data });
    const places = new Map([
      [7, storage(0, XLS)],
      [8, storage(1, Buffer.concat([Buffer.alloc(4), deflateSync(DOC)]))],
      [9, storage(1, Buffer.from('broken'))],
    ]);
    const document = { type: Type.Document, instance: 0, isContainer: true, data: Buffer.concat([object(7), object(8), object(9)]) };
    const files = await carried((context: ParseContext) => carryOleObjects({ document, persisted: (id) => places.get(id) }, context));
    expect([...files.keys()]).toEqual(['object1.xls', 'object2.doc']);
  });

  it('come out of rich text', async () => {
    const body = wrapped('note.txt', 'Shut.');
    const number = (value: number): Buffer => Buffer.from(new Uint32Array([value]).buffer);
    const data = Buffer.concat([
      number(0x501),
      number(2),
      number(8),
      Buffer.from('Package\0'),
      number(0),
      number(0),
      number(body.length),
      body,
    ]);
    const { members } = await parseBytes(
      Buffer.from(`{\\rtf1 Text{\\object\\objemb{\\*\\objdata ${data.toString('hex')}}}\\par}`),
      'a.rtf',
    );
    expect(members).toMatchObject([{ path: 'note.txt', size: 5 }]);
  });

  it('are bounded together', async () => {
    const small = { ...DEFAULT_PARSE_LIMITS, maxInflatedBytes: 60_000 };
    const mail = (size: number) =>
      Buffer.from(
        `Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\nContent-Type: application/x; name=a.bin\n\n${'x'.repeat(size)}\n--b--\n`,
      );
    expect(await outcome(parseBytes(mail(50_000), 'a.eml', small))).toBe('parsed');
    expect(await outcome(parseBytes(mail(70_000), 'a.eml', small))).toBe('archive-bomb');
  });
});

/** A file that an annotation may name. */
function filespec(page: PDFKit.PDFDocument, name: string, content: string): PDFKit.PDFKitReference {
  const stream = page.ref({ Type: 'EmbeddedFile' });
  stream.end(Buffer.from(content));
  const spec = page.ref({ Type: 'Filespec', F: new String(name), UF: new String(name), EF: { F: stream } });
  spec.end('');
  return spec;
}

describe('files in a PDF', () => {
  it('are its members, those of the document and those that are pinned to a page', async () => {
    const bytes = await makePdf((page) => {
      page.text('See the enclosures.', 72, 72);
      page.file(Buffer.from('Otters live below the weir.'), { name: 'otters.txt' });
      const pinned = { color: 'black', Subtype: 'FileAttachment', FS: filespec(page, 'herons.txt', 'Herons stand on the bank.') };
      page.annotate(100, 100, 20, 20, pinned);
    });
    const { members } = await parseBytes(bytes, 'a.pdf');
    expect(members?.map(({ path }) => path).toSorted()).toEqual(['herons.txt', 'otters.txt']);
    const herons = await (await openContainer(bytes, 'a.pdf', DEFAULT_PARSE_LIMITS)).read('herons.txt');
    expect(Buffer.from(herons ?? []).toString()).toBe('Herons stand on the bank.');
  });

  it('are all that one without text has, as in an archive', async () => {
    const bytes = await makePdf((page) => page.file(Buffer.from('Otters.'), { name: '../otters.txt' }));
    expect((await parseBytes(bytes, 'a.pdf', {})).elements).toEqual([{ kind: 'list-item', level: 1, text: '_otters.txt' }]);
    expect(await drawn(() => undefined).catch((error: unknown) => error)).toMatchObject({ code: 'no-text' });
  });
});
