import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { SluiceError } from '#core/errors.ts';
import type { DocumentMetadata, Element, Extracted } from '#schemas/records/extracted.ts';
import { decodeAs, textEncoding } from './encoding.ts';
import type { ParseContext } from './index.ts';
import { bodyElements } from './mail/body.ts';
import { withKnownEncoding } from './mail/charset.ts';
import { plainTextElements } from './mail/plain-text.ts';
import { salvagedText } from './mail/salvage.ts';
import { isForwarded } from './mail/subject.ts';
import { decodeUtf7 } from './mail/utf-7.ts';

/** A message in a message in a message is an attack or a loop of forwarding. */
const MAX_MESSAGES_DEEP = 10;
const MAX_MESSAGES = 500;
/** Each level is read anew with all that lies in it, so where there are this many only the outer ones are opened. */
const MANY_MESSAGES = 50;
const MANY_MESSAGES_DEEP = 3;
const MAX_WARNINGS = 100;

type State = { context: ParseContext; elements: Element[]; warnings: Extracted['warnings']; messages: number; deepest: number };

/** A mail: its subject as heading, its best body, then the messages that it carries. Other attachments are handed on as files of their own. */
export async function parseMail(bytes: Uint8Array, context: ParseContext): Promise<Extracted> {
  const state: State = { context, elements: [], warnings: [], messages: 0, deepest: Math.min(context.limits.maxDepth, deepest(bytes)) };
  const email = await readMessage(withKnownEncoding(bytes), 1, state);
  if (!state.elements.some((element) => element.boilerplate === undefined) && email.headers.length === 0)
    throw new SluiceError('corrupt', `reading ${context.name}: no mail header`);
  return { format: 'eml', metadata: metadataOf(email), elements: state.elements, warnings: state.warnings };
}

function deepest(bytes: Uint8Array): number {
  const inner = new TextDecoder('latin1').decode(bytes).matchAll(/^content-type:\s*message\/rfc822/gim);
  return inner.take(MANY_MESSAGES).toArray().length < MANY_MESSAGES ? MAX_MESSAGES_DEEP : MANY_MESSAGES_DEEP;
}

async function readMessage(bytes: Uint8Array, depth: number, state: State): Promise<Email> {
  state.messages += 1;
  const email = await translated(bytes, state.context);
  if (isEncrypted(email)) throw new SluiceError('encrypted', `reading ${state.context.name}: an encrypted message`);
  const subject = subjectOf(email);
  if (subject) state.elements.push({ kind: 'heading', level: Math.min(6, depth), text: subject });
  const envelope = envelopeOf(email);
  if (envelope !== '') state.elements.push({ kind: 'paragraph', text: envelope, boilerplate: 'header' });
  const isLost = email.text === undefined && email.html === undefined && email.attachments.length === 0;
  const text = isLost ? salvagedText(bytes) : email.text;
  const plain = text !== undefined && /charset\s*=\s*"?utf-7\b/.test(contentType(email)) ? decodeUtf7(text) : text;
  const isForward = isForwarded(subject);
  state.elements.push(...bodyElements({ plain, html: email.html, isForward }, state.context));
  for (const attachment of email.attachments) await readAttachment(attachment, depth, state);
  return email;
}

async function translated(bytes: Uint8Array, { name, limits }: ParseContext): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxNestingDepth: Math.min(256, limits.maxDepth),
    });
  } catch (cause) {
    throw new SluiceError('too-complex', `reading ${name}: mail parts nested too deeply or headers too long`, { cause });
  }
}

/** What proves who wrote the message, and says nothing to a reader. */
const SIGNATURE = /^application\/(?:pgp-|(?:x-)?pkcs7-)/;

/** A text of an unknown kind, unnamed and not set apart, is shown as plain text (RFC 2046, 4.1.4). */
const isBodyText = ({ mimeType, filename, disposition }: Attachment): boolean =>
  mimeType.startsWith('text/') && mimeType !== 'text/calendar' && filename === null && disposition !== 'attachment';

async function readAttachment(attachment: Attachment, depth: number, state: State): Promise<void> {
  const { mimeType, filename } = attachment;
  const content = bytesOf(attachment);
  const encoding = isBodyText(attachment) ? textEncoding(content) : undefined;
  if (mimeType === 'message/rfc822') {
    if (depth < state.deepest && state.messages < MAX_MESSAGES) await readMessage(content, depth + 1, state);
    else warn(state, 'nested-too-deeply', `messages more than ${depth} levels deep, or beyond the first ${MAX_MESSAGES}, are not read`);
  } else if (encoding !== undefined) {
    const text = decodeAs(encoding, content);
    // RFC 1896: formatting commands stand in angle brackets, a doubled bracket for itself.
    const isEnriched = mimeType === 'text/enriched' || mimeType === 'text/richtext';
    const plain = isEnriched ? text.replace(/<<|<\/?[\w-]{1,60}>/g, (command) => (command === '<<' ? '<' : '')) : text;
    state.elements.push(...plainTextElements(plain, true));
  } else if (!attachment.related) {
    warn(state, 'attachment-skipped', `${filename ?? 'unnamed'} (${mimeType})`);
    if (!SIGNATURE.test(mimeType)) state.context.carry?.(filename ?? 'unnamed', content);
  }
}

function warn({ warnings }: State, code: string, message: string): void {
  if (warnings.length < MAX_WARNINGS) warnings.push({ code, message });
}

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

const contentType = (email: Email): string => email.headers.find((header) => header.key === 'content-type')?.value.toLowerCase() ?? '';

/** PGP/MIME, S/MIME with an envelope, or a body that is one PGP block. */
function isEncrypted(email: Email): boolean {
  const type = contentType(email);
  if (type.startsWith('multipart/encrypted')) return true;
  if (/^application\/(?:x-)?pkcs7-mime/.test(type)) return !/smime-type\s*=\s*"?(?:signed-data|certs-only|compressed-data)/.test(type);
  return email.text?.trimStart().startsWith('-----BEGIN PGP MESSAGE-----') ?? false;
}

function subjectOf(email: Email): string | undefined {
  const subject = email.subject?.replace(/\s+/g, ' ').trim();
  const isUtf7 = email.headers.some((header) => header.key === 'subject' && /=\?utf-7\?/i.test(header.value));
  return subject !== undefined && isUtf7 ? decodeUtf7(subject) : subject;
}

const namesOf = (addresses: readonly Address[] | undefined): string =>
  (addresses ?? [])
    .flatMap((address) => address.group ?? [address])
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : name || address))
    .filter((name) => name !== '')
    .join(', ');

function envelopeOf(email: Email): string {
  const lines: [string, string | undefined][] = [
    ['From', namesOf(email.from && [email.from])],
    ['To', namesOf(email.to)],
    ['Cc', namesOf(email.cc)],
    ['Date', email.date],
  ];
  return lines.flatMap(([label, value]) => (value ? [`${label}: ${value}`] : [])).join('\n');
}

function metadataOf(email: Email): DocumentMetadata {
  const author = namesOf(email.from && [email.from]);
  const date = email.date === undefined ? Number.NaN : Date.parse(email.date);
  const language = email.headers.find((header) => header.key === 'content-language')?.value.trim();
  const subject = subjectOf(email);
  return {
    ...(subject ? { title: subject, subject } : {}),
    ...(author ? { author } : {}),
    ...(Number.isNaN(date) ? {} : { created: new Date(date).toISOString() }),
    ...(language && /^[a-z]{2,3}(?:-\w+)*$/i.test(language) ? { language } : {}),
  };
}
