import { SluiceError } from '#core/errors.ts';
import type { DocumentMetadata, Element, Extracted } from '#schemas/records/extracted.ts';
import { type Collector, collector } from './collect.ts';
import { openCompoundFile, type Storage } from './compound-file.ts';
import type { ParseContext } from './index.ts';
import { bodyElements } from './mail/body.ts';
import { isForwarded } from './mail/subject.ts';
import { decompressRtf } from './msg/compressed-rtf.ts';
import { holdsHtml, htmlOfRtf } from './msg/html-in-rtf.ts';
import { type Properties, propertiesOf, Tag } from './msg/properties.ts';
import { decodeCodePage } from './rtf/code-pages.ts';
import { parseRtf } from './rtf.ts';

/** A message in a message in a message is an attack or a loop of forwarding. */
const MAX_MESSAGES_DEEP = 10;
const MAX_MESSAGES = 500;
const MAX_WARNINGS = 100;

type State = { context: ParseContext; out: Collector; messages: number };

/** An Outlook message: its subject as heading, its body, then the messages that it carries. Other attachments are handed on as files of their own. */
export function parseMsg(bytes: Uint8Array, context: ParseContext): Extracted {
  const state: State = { context, out: collector(context), messages: 0 };
  const message = openCompoundFile(bytes, context);
  const properties = propertiesOf(message, 32);
  readMessage(message, properties, 1, state);
  return { format: 'msg', metadata: metadataOf(properties), elements: state.out.elements, warnings: state.out.warnings };
}

function readMessage(message: Storage, properties: Properties, depth: number, state: State): void {
  state.messages += 1;
  if (/\.SMIME$/i.test(properties.text(Tag.MessageClass)))
    throw new SluiceError('encrypted', `reading ${state.context.name}: an encrypted message`);
  const subject = subjectOf(properties);
  state.out.add({ kind: 'heading', level: Math.min(6, depth), text: subject });
  state.out.add({ kind: 'paragraph', text: envelopeOf(properties), boilerplate: 'header' });
  for (const element of bodyOf(properties, isForwarded(subject), state.context)) state.out.add(element);
  for (const [name, folder] of message.storages) if (name.startsWith('__attach_version1.0_')) readAttachment(folder, depth, state);
}

/** Outlook keeps a body as text, and besides as HTML or as rich text that may be wrapped HTML. */
function bodyOf(properties: Properties, isForward: boolean, context: ParseContext): Element[] {
  const plain = properties.text(Tag.Body).trim() === '' ? undefined : properties.text(Tag.Body);
  const rtf = decompressRtf(properties.bytes(Tag.RtfCompressed) ?? new Uint8Array(0));
  const html = htmlOf(properties, rtf);
  if (plain === undefined && html === undefined && rtf !== undefined) return parseRtf(rtf, context).elements;
  return bodyElements({ plain, html, isForward }, context);
}

function htmlOf(properties: Properties, rtf: Uint8Array | undefined): string | undefined {
  const codePage = properties.number(Tag.InternetCodePage) ?? properties.number(Tag.CodePage) ?? 1252;
  const bytes = properties.bytes(Tag.Html);
  if (bytes !== undefined) return decodeCodePage(bytes, codePage);
  const text = properties.text(Tag.Html);
  if (text !== '') return text;
  return rtf !== undefined && holdsHtml(rtf) ? htmlOfRtf(rtf, codePage) : undefined;
}

function readAttachment(folder: Storage, depth: number, state: State): void {
  const properties = propertiesOf(folder, 8);
  const inner = properties.folder(Tag.AttachData);
  if (inner?.read('__properties_version1.0') !== undefined) {
    if (depth < MAX_MESSAGES_DEEP && state.messages < MAX_MESSAGES) readMessage(inner, propertiesOf(inner, 24), depth + 1, state);
    else warn(state, 'nested-too-deeply', `messages more than ${depth} levels deep, or beyond the first ${MAX_MESSAGES}, are not read`);
    return;
  }
  // A picture that the body shows in its place.
  if (properties.text(Tag.AttachContentId) !== '' && /^image\//.test(properties.text(Tag.AttachMime))) return;
  const name = properties.text(Tag.AttachLongName) || properties.text(Tag.AttachName) || 'unnamed';
  warn(state, 'attachment-skipped', `${name} (${properties.text(Tag.AttachMime) || 'unknown type'})`);
  const bytes = properties.bytes(Tag.AttachData);
  if (bytes) state.context.carry?.(name, bytes);
}

function warn({ out }: State, code: string, message: string): void {
  if (out.warnings.length < MAX_WARNINGS) out.warn(code, message);
}

const subjectOf = (properties: Properties): string => properties.text(Tag.Subject).replace(/\s+/g, ' ').trim();

function senderOf(properties: Properties): string {
  const name = properties.text(Tag.SenderName).trim();
  const address = properties.text(Tag.SenderSmtp) || properties.text(Tag.SenderAddress);
  // Within one organisation the address is a path in its directory, which says nothing to a reader.
  const shown = address.includes('@') && address !== name ? address : '';
  return name && shown ? `${name} <${shown}>` : name || shown;
}

const dateOf = (properties: Properties): string | undefined => properties.time(Tag.SubmitTime) ?? properties.time(Tag.DeliveryTime);

function envelopeOf(properties: Properties): string {
  const lines: [string, string | undefined][] = [
    ['From', senderOf(properties)],
    ['To', properties.text(Tag.DisplayTo)],
    ['Cc', properties.text(Tag.DisplayCc)],
    ['Date', dateOf(properties)],
  ];
  return lines.flatMap(([label, value]) => (value ? [`${label}: ${value}`] : [])).join('\n');
}

function metadataOf(properties: Properties): DocumentMetadata {
  const subject = subjectOf(properties);
  const author = senderOf(properties);
  const created = dateOf(properties);
  return { ...(subject && { title: subject, subject }), ...(author && { author }), ...(created !== undefined && { created }) };
}
