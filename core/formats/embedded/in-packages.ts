import { SluiceError } from '../../errors.ts';
import type { ParseContext } from '../index.ts';
import { decodeXml } from '../xml-tree.ts';
import { resolvePath, type Zip } from '../zip.ts';
import { carryObjectBytes } from './objects.ts';

/** Parts of relations that are looked at; a package with more is looked at in part. */
const MAX_PARTS = 5_000;

const attribute = (tag: string, name: string): string => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)`, 'i').exec(tag)?.[1] ?? '';

/** A link of one part to another or to the outside; `from`: the part that it belongs to. */
export type PackageLink = { from: string; type: string; target: string; isExternal: boolean };

/** Every link of an OOXML package, without the trees that its readers build. */
export async function packageLinks(zip: Zip): Promise<PackageLink[]> {
  const found: PackageLink[] = [];
  for (const path of zip.names.filter((name) => /\.rels$/i.test(name)).slice(0, MAX_PARTS)) {
    const part = await readable(zip, path);
    const from = path.replace(/_rels\/([^/]*)\.rels$/i, '$1');
    for (const [tag] of part === undefined ? [] : decodeXml(part).matchAll(/<(?:\w+:)?Relationship\s[^<>]*>/gi)) {
      const type = attribute(tag, 'Type').replace(/^.*\//s, '');
      found.push({ from, type, target: attribute(tag, 'Target'), isExternal: /^external$/i.test(attribute(tag, 'TargetMode')) });
    }
  }
  return found;
}

/** Hands on what is embedded in an OOXML package; the workbook behind a chart is shown as the chart. */
export async function carryEmbeddedParts(zip: Zip, links: readonly PackageLink[], context: ParseContext): Promise<void> {
  const embedded = links.filter(
    ({ from, type, isExternal }) => !isExternal && /^(?:oleObject|package)$/.test(type) && !/\/charts?(?:ex)?\//i.test(from),
  );
  const paths = new Set(embedded.map(({ from, target }) => resolvePath(from, target)));
  for (const path of paths) await carryPart(zip, path, context);
}

/** Hands on the objects of other programs in an OpenDocument file. */
export async function carryEmbeddedObjects(zip: Zip, context: ParseContext): Promise<void> {
  for (const path of zip.names.filter((name) => /^(?:\.\/)?Object \d+$/.test(name))) await carryPart(zip, path, context);
}

async function carryPart(zip: Zip, path: string, context: ParseContext): Promise<void> {
  const part = context.carry && (await readable(zip, path));
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (part === undefined) return;
  // An object of its own kind has a name that says so already; a wrapped one has `.bin`.
  if (/\.(?:docx|docm|xlsx|xlsm|xlsb|pptx|pptm|doc|xls|ppt|msg|pdf|rtf)$/i.test(base)) context.carry?.(base, part);
  else carryObjectBytes(part, base.replace(/\.\w+$/, ''), context);
}

/** A part that is broken is its reader's to tell of; the bounds of the whole archive hold. */
async function readable(zip: Zip, path: string): Promise<Uint8Array | undefined> {
  try {
    return await zip.read(path);
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'corrupt') return undefined;
    throw error;
  }
}
