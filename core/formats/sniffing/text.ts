import type { FormatName } from '../index.ts';

const MAIL_HEADER =
  /^(?:from|to|cc|subject|date|message-id|received|return-path|mime-version|content-type|delivered-to|reply-to|x-[\w-]+):/i;
const HTML_START = /^<(?:!doctype\s+html|html|head|body)\b/i;
const XML_START = /^<(?:\?xml\s|!DOCTYPE\s|[A-Za-z_][\w.:-]*(?:\s+[\w.:-]+\s*=|\s*\/?>))/;

/** Which text format the start of a text clearly is, whatever its name; plain text if none. `whole`: the start is all. */
export function textFormat(start: string, whole: boolean): FormatName {
  const text = start.replace(/^\uFEFF/, '').trimStart();
  if (text.startsWith('{\\rtf')) return 'rtf';
  if (text.startsWith('WEBVTT')) return 'vtt';
  if (HTML_START.test(afterComments(text))) return 'html';
  if (text.startsWith('<?xml') && /<html[\s>]/i.test(text.slice(0, 4096))) return 'html';
  if (text.startsWith('<?xml') || (XML_START.test(text) && whole && endsWithTag(text))) return 'xml';
  return jsonFormat(text, whole) ?? (isMail(text) ? 'eml' : 'txt');
}

function afterComments(text: string): string {
  let at = 0;
  while (text.startsWith('<!--', at)) {
    const end = text.indexOf('-->', at);
    if (end === -1) return '';
    at = end + 3;
    while (/\s/.test(text.charAt(at))) at++;
  }
  return text.slice(at, at + 100);
}

const endsWithTag = (text: string): boolean => /<\/[A-Za-z_][\w.:-]*\s*>\s*$|\/>\s*$/.test(text.slice(-300));

function isMail(text: string): boolean {
  const lines = text.replace(/^From [^\n]*\n/, '').split(/\r?\n/, 60);
  const end = lines.indexOf('');
  const headers = lines.slice(0, end === -1 ? lines.length : end).filter((line) => !/^[ \t]/.test(line));
  return headers.filter((line) => MAIL_HEADER.test(line)).length >= 2 && headers.every((line) => /^[!-9;-~]+:/.test(line));
}

function jsonFormat(text: string, whole: boolean): FormatName | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const complete = whole ? lines : lines.slice(0, -1);
  if (complete.length > 1 && complete.every((line) => line.startsWith('{') && isJson(line))) return 'ndjson';
  if (whole) return isJson(text) ? 'json' : undefined;
  return /^(?:\{\s*"(?:[^"\\]|\\.)*"\s*:|\[\s*(?:[[{"\d-]|true|false|null))/.test(text) ? 'json' : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
