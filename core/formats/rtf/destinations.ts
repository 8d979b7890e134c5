/** What the text of a group is for. */
export type Destination =
  | 'text'
  | 'skip'
  | 'marker'
  | 'fonts'
  | 'colours'
  | 'styles'
  | 'info'
  | 'title'
  | 'author'
  | 'subject'
  | 'keywords'
  | 'created'
  | 'modified';

/** A stretch of text apart from the paragraph that its group stands in. */
export type FlowKind = 'main' | 'header' | 'footer' | 'footnote' | 'note' | 'box';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Groups whose text no reader sees in the document. */
const SKIPPED = list(
  'pict nonshppict shppict shprslt fldinst objdata objclass objname objalias listtable listoverridetable revtbl rsidtbl generator ' +
    'filetbl xe rxe tc tcn txe bkmkstart bkmkend pn sp falt panose fontemb ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn atnid atnauthor ' +
    'atntime atndate atnref atnicn atnparent atrfstart atrfend template background datafield formfield latentstyles datastore xmlnstbl ' +
    'mmathPict keycode operator manager company category doccomm comment hlinkbase userprops printim buptim private oldcprops oldpprops ' +
    'oldtprops oldsprops themedata colorschememapping htmltag passwordhash protusertbl pgptbl wgrffmtfilter docvar',
);

/** Groups marked `\*` (to be passed over by those who do not know them) that hold text of the document. */
const KNOWN_STARRED = list('shpinst do ud moMath moMathPara fldrslt');

const DESTINATIONS: Readonly<Record<string, Destination>> = {
  listtext: 'marker',
  pntext: 'marker',
  fonttbl: 'fonts',
  colortbl: 'colours',
  stylesheet: 'styles',
  info: 'info',
};

const INFO: Readonly<Record<string, Destination>> = {
  title: 'title',
  author: 'author',
  subject: 'subject',
  keywords: 'keywords',
  creatim: 'created',
  revtim: 'modified',
};

const FLOWS: Readonly<Record<string, FlowKind>> = {
  header: 'header',
  headerl: 'header',
  headerr: 'header',
  headerf: 'header',
  footer: 'footer',
  footerl: 'footer',
  footerr: 'footer',
  footerf: 'footer',
  footnote: 'footnote',
  annotation: 'note',
  shptxt: 'box',
  dptxbxtext: 'box',
};

/** The flow that a control word opens, if it opens one. */
export const flowOf = (word: string): FlowKind | undefined => (Object.hasOwn(FLOWS, word) ? FLOWS[word] : undefined);

/** The destination that a control word turns its group to, given the group's present one; undefined: none, go on as before. */
export function destinationOf(word: string, starred: boolean, present: Destination): Destination | undefined {
  if (present === 'skip') return undefined;
  if (present === 'info' && Object.hasOwn(INFO, word)) return INFO[word];
  if (SKIPPED.has(word) || /^m\w+Pr$/.test(word)) return 'skip';
  if (Object.hasOwn(DESTINATIONS, word)) return DESTINATIONS[word];
  return starred && !KNOWN_STARRED.has(word) && flowOf(word) === undefined ? 'skip' : undefined;
}
