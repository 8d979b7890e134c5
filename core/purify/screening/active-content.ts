import type { Extracted } from '#schemas/records/extracted.ts';
import type { ActiveKind } from '../../formats/active/content.ts';
import type { Finding } from '../screen-text.ts';

/** How sure each kind makes us that a document is there to do something: forms have scripts and accounts have macros, nothing honest starts programs. */
const DANGER: Readonly<Record<ActiveKind, number>> = {
  'active-launch': 0.6,
  'active-template': 0.6,
  'active-exchange': 0.6,
  'active-program': 0.6,
  'active-macro': 0.35,
  'active-script': 0.3,
  'active-remote-object': 0.25,
  'active-control': 0.25,
  'active-submit': 0.2,
  'active-handler': 0.2,
};
const isActive = (code: string): code is ActiveKind => code in DANGER;

const PAGE: ReadonlySet<string> = new Set<ActiveKind>(['active-script', 'active-handler', 'active-control', 'active-remote-object']);
const CARRIED: ReadonlySet<string> = new Set<ActiveKind>(['active-program']);
/** What every page, or every archive of a project, has. */
const EVERYDAY: Readonly<Record<string, ReadonlySet<string> | undefined>> = {
  html: PAGE,
  epub: PAGE,
  ipynb: PAGE,
  md: PAGE,
  zip: CARRIED,
  tar: CARRIED,
  gzip: CARRIED,
};

/** What extraction saw that would run, start or fetch something when the file is opened. */
export const findActiveIn = ({ format, warnings }: Pick<Extracted, 'format' | 'warnings'>): Finding[] =>
  warnings.flatMap(({ code, count = 1 }) =>
    isActive(code) && !EVERYDAY[format]?.has(code) ? [{ rule: code, score: DANGER[code], count }] : [],
  );
