import type { Storage } from '../compound-file.ts';
import type { PackageLink } from '../embedded/in-packages.ts';
import { decodeXml } from '../xml-tree.ts';
import type { Zip } from '../zip.ts';
import { fieldKind, isRemote, type TellActive } from './content.ts';

/** Other workbooks and programs that are looked at. */
const MAX_LINKS = 1_000;

const attribute = (tag: string, name: string): string => new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)`, 'i').exec(tag)?.[1] ?? '';

/** Tells of macros, controls, and of what a package would fetch when it is opened; pictures and links that wait for a click are not that. */
export async function tellActivePackage(zip: Zip, links: readonly PackageLink[], tell: TellActive | undefined): Promise<void> {
  if (tell === undefined) return;
  const count = (pattern: RegExp): number => zip.names.filter((name) => pattern.test(name)).length;
  tell('active-macro', count(/\/vbaProject[^/]*\.bin$|\/(?:intl)?macrosheets\/[^/]+$/i));
  tell('active-control', count(/\/activeX\/[^/]+\.xml$/i));
  for (const { type, target, isExternal } of links) {
    if (!isExternal || /^(?:hyperlink|image)$/i.test(type) || !isRemote(target)) continue;
    tell(type === 'attachedTemplate' ? 'active-template' : 'active-remote-object');
  }
  for (const name of zip.names.filter((path) => /\/externalLinks\/[^/]+\.xml$/i.test(path)).slice(0, MAX_LINKS)) {
    // A part that cannot be read is its reader's to tell of.
    const link = await zip.read(name).catch(() => undefined);
    if (link !== undefined && /<(?:\w+:)?ddeLink\b/.test(decodeXml(link))) tell('active-exchange');
  }
}

/** Instructions of fields, which an author or an attacker may have split over many runs. */
export function tellFields(text: string, tell: TellActive | undefined): void {
  if (tell === undefined || !/instr/i.test(text)) return;
  let instruction = '';
  const end = (): void => {
    const kind = fieldKind(instruction);
    if (kind !== undefined) tell(kind);
    instruction = '';
  };
  const parts = /<\w+:instrText\b[^<>]*>([^<]*)|<\w+:fldSimple\b[^<>]*?\binstr\s*=\s*["']([^"']*)|<\w+:fldChar\b/g;
  for (const [, written, simple] of text.matchAll(parts)) {
    if (written === undefined) end();
    instruction += written ?? simple ?? '';
  }
  end();
}

/** The same for an OpenDocument file. */
export function tellActiveOdf(zip: Zip, content: string, tell: TellActive | undefined): void {
  if (tell === undefined) return;
  const modules = zip.names.filter((name) => /^(?:Basic|Scripts)\//.test(name) && !/\/script-l[bc]\.xml$/.test(name));
  tell('active-macro', modules.length);
  tell('active-handler', content.matchAll(/<script:event-listener\b/g).toArray().length);
  tell('active-exchange', content.matchAll(/<(?:text:dde-connection-decl|table:dde-link|office:dde-source)\b/g).toArray().length);
  tell('active-control', content.matchAll(/<draw:(?:applet|plugin)\b/g).toArray().length);
  const objects = content.matchAll(/<(?:draw:object|draw:object-ole|text:section-source|table:table-source)\b[^<>]*/g);
  tell('active-remote-object', objects.filter(([tag]) => isRemote(attribute(tag, 'href'))).toArray().length);
}

const DEEPEST = 8;

/** Macros and controls of a file of the older office programs, by the streams that they keep. */
export function tellActiveStorage(storage: Storage, tell: TellActive | undefined, depth = 0): void {
  if (tell === undefined || depth > DEEPEST) return;
  const streams = storage.streams.map((name) => name.toLowerCase());
  if (streams.includes('_vba_project')) tell('active-macro');
  if (streams.includes('\x03ocxname')) tell('active-control');
  for (const inner of storage.storages.values()) tellActiveStorage(inner, tell, depth + 1);
}

/** Fields of a Word document of the older kind: their instruction stands between two marks in its text. */
export function tellMarkedFields(text: string, tell: TellActive | undefined): void {
  if (tell === undefined) return;
  for (const [, instruction = ''] of text.matchAll(/\x13([^\x13-\x15]{1,2000})/g)) {
    const kind = fieldKind(instruction);
    if (kind !== undefined) tell(kind);
  }
}

/** What rich text would start or fetch. */
export function tellActiveRtf(text: string, tell: TellActive | undefined): void {
  if (tell === undefined) return;
  const count = (pattern: RegExp): number => text.matchAll(pattern).toArray().length;
  tell('active-control', count(/\\objocx(?![a-z])/g));
  tell('active-remote-object', count(/\\obj(?:aut)?link(?![a-z])/g));
  for (const [, target = ''] of text.matchAll(/\\\*\s*\\template\s+([^{}]{1,2000})/g))
    if (isRemote(target.replaceAll('\\\\', '\\'))) tell('active-template');
  for (const [, group = ''] of text.matchAll(/\\fldinst(?![a-z])([^}]{1,2000})/g)) {
    const kind = fieldKind(group.replace(/\\\\|[{}]|\\[a-z]+-?\d* ?/g, (part) => (part === '\\\\' ? '\\' : '')));
    if (kind !== undefined) tell(kind);
  }
}
