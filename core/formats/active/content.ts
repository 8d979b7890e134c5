import type { Extracted } from '#schemas/records/extracted.ts';

/**
 * What a file has that would run, start or fetch something if a program opened it: codes of warnings, each with the number of
 * places. Nothing of it is run or fetched here; the screening goes by it.
 */
export const ACTIVE_CONTENT = {
  'active-script': 'scripts that a viewer would run',
  'active-handler': 'scripts that run when something happens or a link is followed',
  'active-macro': 'macros',
  'active-launch': 'actions that start a program or open another file',
  'active-submit': 'actions that send what was filled in to an address',
  'active-template': 'a template that is fetched from elsewhere when the file is opened',
  'active-exchange': 'fields that ask another program for data (DDE)',
  'active-remote-object': 'objects whose content is fetched from elsewhere',
  'active-control': 'controls, plug-ins or applets',
  'active-program': 'programs that are carried as files',
} as const;

export type ActiveKind = keyof typeof ACTIVE_CONTENT;

/** Takes up that a file has active content, in so many places. */
export type TellActive = (kind: ActiveKind, count?: number) => void;

/** Adds up what is told, and gives it as warnings. */
export function activeContent(): { tell: TellActive; warnings(): Extracted['warnings'] } {
  const counts = new Map<ActiveKind, number>();
  return {
    tell(kind, count = 1) {
      if (count > 0) counts.set(kind, (counts.get(kind) ?? 0) + count);
    },
    warnings: () => [...counts].map(([code, count]) => ({ code, message: ACTIVE_CONTENT[code], count })),
  };
}

/** Whether an address leads out of the machine: to a server, or to a share of one. */
export const isRemote = (address: string): boolean =>
  /^\s*"?(?:[a-z]+:(?!\/))*(?:https?|ftp|smb|webdav):/i.test(address) ||
  /^\s*"?(?:(?:file:\/*)?\\\\|\/\/|file:(?:\/\/|\/{4,}))\w/i.test(address);

/** What the instruction of a field in a Word document asks for. */
export function fieldKind(instruction: string): ActiveKind | undefined {
  if (/^\s*DDE(?:AUTO)?\b/i.test(instruction)) return 'active-exchange';
  const source = /^\s*(?:LINK|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\b(.*)/is.exec(instruction)?.[1] ?? '';
  return source.split(/\s+/).some(isRemote) ? 'active-remote-object' : undefined;
}

const PROGRAM_NAME =
  /\.(?:exe|dll|scr|com|pif|cpl|msi|msp|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|jar|reg|sh|app|appimage|url|iqy|slk|settingcontent-ms)$/i;

/** First bytes of programs of Windows, Linux and the Mac, and of scripts that name their interpreter. */
const PROGRAM_STARTS = ['4d5a', '7f454c46', 'cffaedfe', '23212f'];

/** Whether a file would be run when it is opened, by its name or its first bytes. */
export function isProgram(name: string, bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return PROGRAM_NAME.test(name) || PROGRAM_STARTS.some((magic) => start.startsWith(magic));
}
