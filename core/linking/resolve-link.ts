/** What leads to no document: a place on the same page, a mail box, a program. */
const NO_DOCUMENT = /^(?:#|mailto:|tel:|sms:|javascript:|data:|about:|cid:)/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A path without `.` and `..`; one that climbs above the root ends there. */
function tidy(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return `/${steps.join('/')}`;
}

/**
 * The address that a link in a document means, as documents' addresses are written: not encoded, without the place on the
 * page. Undefined: it leads to no document.
 */
export function resolveLink(from: string, link: string): string | undefined {
  const target = link.trim();
  if (target === '' || NO_DOCUMENT.test(target)) return undefined;
  const [address = ''] = target.split('#');
  if (SCHEME.test(address)) return decoded(address).normalize('NFC');
  if (address.startsWith('//')) return decoded(`https:${address}`).normalize('NFC');
  const [, root = '', path = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*)(\/.*)$/is.exec(from) ?? [];
  if (root === '') return undefined;
  const [relative = ''] = address.split('?');
  const folder = relative.startsWith('/') ? '' : path.slice(0, path.lastIndexOf('/') + 1);
  return `${root}${tidy(folder + decoded(relative))}`.normalize('NFC');
}

/** Whether a link names its target by a whole address: what that leads to may lie outside of everything that is indexed. */
export const isAbsolute = (link: string): boolean => SCHEME.test(link.trim()) || link.trim().startsWith('//');
