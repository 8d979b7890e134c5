import { factsOf } from './lexicon.ts';

/** Words after which a name comes, whatever it is; after the weak ones it may be a thing's. */
const BEFORE =
  /\b(?:(?<weak>called|named)|heard|says|said|(?:my|your|his|her|their|the|full|first|last|family|given|sur|patient|customer|client|employee|contact|account|partner['’]s|legal)\s?name(?: is| was)?|(?<!\b(?:file|company|product|host|domain|brand|style|field|column|table|organi[sz]ation|project|server|class|type|event|display|font)[ _-]?)names?(?: is|\s?:)|follow up with|dear|hi|hello|regards,|sincerely,|signed(?: by)?:?|written by|attn:?|attention:|c\/o|i am|i['’]m|this is|meu nome [ée]|mi chiamo|mijn naam is|ik heet|nazywam si[ęe]|jag heter|jeg hedder|me llamo|mi nombre es|llamad[oa]|nombre:?|se llama|ich hei(?:ss|ß)e|mein name ist|namens|je m['’]appelle|mon nom est|nomm[ée]e?|nom:?|patient(?:in)?:?|employee:?|customer:?|user:|author:|applicant:?|tenant:?|borrower:?|witness:|policy ?holder:|insured person:|kundin:|kontoinhaber(?:in)?:|versicherte person:|geachte (?:mevrouw|meneer|heer)|(?:mr|mrs|ms|miss|dr|prof)\.?)[\s>]{1,6}["“]?/g;

/** What a letter ends with, in a line of its own: who signs comes next. */
const SIGN_OFF =
  /(?:^|\n)[ \t]{0,4}(?:(?:kind |best |warm )?regards|best(?: wishes)?|cheers|thanks|thank you|yours|(?:viele |liebe |beste |schöne )?gr(?:ü(?:ß|ss)e|u(?:ß|ss))|lg|vg|mfg|saludos|atentamente|cordialement|cordiali saluti|saluti|groet(?:en|jes)?|abraços|atenciosamente|pozdrawiam)[,!.]?[ \t]*\n[ \t>]{0,6}/g;

const AFTER =
  /^,?["”]? (?:says|said|asked|replied|wrote|added|will be|spoke|had given|has|was born|works|lives|spent|told|thinks|phoned|emailed|called)\b/u;
/** Of these, what a thing that is called like somebody does not do. */
const AFTER_ORDINARY = /^,?["”]? (?:says|said|told|asked|replied|wrote|spoke|had given|was born|lives|thinks|phoned|emailed|called)\b/u;
/** Of these, what neither a company nor a machine does. */
const AFTER_STRANGER = /^,?["”]? (?:asked|replied|wrote|spoke|was born|lives|spent (?:a|his|her|their)|thinks|phoned|emailed)\b/u;

/** A person's name that stands for a thing, a place or a company. */
const THING =
  /^(?:['’]s)?[ -](?:plan|dam|act|treaty|doctrine|cup|tower|stadium|museum|library|planetarium|agreement|chemicals?|software|systems|technologies|industries|motors|electronics|numbers?|equations?|theorem|laws?|effect|method|test|distribution|transform(?:ation)?|models?|functions?|constant|series|approximation|solution|problem|layer|flow|waves?|tube|syndrome|disease|algorithm|principle|criterion|conditions?|coefficient|operator|analogy|type|prize|award|Inc|LLC|Ltd|GmbH|AG|Corp|Group|Bank|Company|University|College|Institute|Hospital|Street|Avenue|Road|County|City|Islands?|River|Airport|Foundation|Press)\b/iu;

const REACH = 40;
/** As much of a text as tells its manner. */
const BEGINNING = 4_000;
/** What a line of a form, a quotation or a list begins with. */
const LINE_START = /(?:^|\n)[ \t>?*•|#^-]{0,12}$/u;
const LINE_END = /^[ \t|]{0,4}(?:\n|$)/u;

/** Where in a text a name is to be expected, and whether it is surely a person's; looked for once, in one pass. */
type Cues = ReadonlyMap<number, boolean>;
function cuesOf(text: string): Cues {
  const lower = text.toLowerCase();
  // A pattern that minds the case is several times as fast; where lower letters are longer, offsets would shift.
  const read = lower.length === text.length ? lower : text;
  const signed = read.includes('\n') ? [...read.matchAll(SIGN_OFF)] : [];
  return new Map([...read.matchAll(BEFORE), ...signed].map((match) => [match.index + match[0].length, match.groups?.weak === undefined]));
}

/** The address of a mail behind a name. */
const MAILED = /^["”]? [<(]?[\p{L}\p{N}._%+-]{1,64}@\p{L}/u;

const FOREIGN_ARTICLE = /(?<!\p{L})(?:the|an|el|la|los|las|il|lo|gli|le|les|une?|una|het|een|l['’]) ?$/iu;
/** Whether an article of English or of a Romance language stands before it: a name alone has none. */
export const hasForeignArticle = (text: string, start: number): boolean => FOREIGN_ARTICLE.test(text.slice(Math.max(0, start - 5), start));

/** How well the tables know a word that may be a name. */
export type Kind = 'name' | 'ordinary' | 'strange' | 'unknown';

/** Whether the words around say that it is a person. An ordinary word at the start of a sentence may do what people do: `Water has weight`. */
export const isCued = (text: string, cues: Cues, start: number, end: number, kind: Kind): boolean => {
  if (cues.get(start) === true || (kind !== 'unknown' && cues.has(start))) return true;
  const after = text.slice(end, end + REACH);
  if (kind === 'name' && MAILED.test(after)) return true;
  if (kind === 'unknown' || kind === 'strange') return AFTER_STRANGER.test(after);
  if (kind === 'name') return AFTER.test(after);
  return AFTER_ORDINARY.test(after) && !startsSentence(text, start) && !hasForeignArticle(text, start);
};

/** What a landscape's name ends with, and what it begins with in the languages of the south. */
const LANDSCAPE =
  /^ (?:Mere|Fens?|Moors?|Heath|Marsh(?:es)?|Meadows?|Mill|Mountains?|Hills?|Woods?|Forest|Valley|Creek|Brook|Falls|Springs?|Pond|Reservoir|Lakes?|Bay|Beach|Cove|Harbou?r|Bridge|Weir|Lock|Pass|Peak|Point|Ridge|Heights|Park|Gardens?|Green|Common|Square|Station|Junction|Village|Farm|Hall|House|Castle|Abbey|Church|Court|Cottage|Lodge|Manor)(?![\p{L}\p{N}])/u;
const LANDSCAPE_BEFORE =
  /(?<!\p{L})(?:the|el|la|le|der|die|das|dem|den|am|del) (?:R[ií]o|Sierra|Costa|Puerto|Isla|Cabo|Playa|Cerro|Lago|Punta|Monte|Loch|Glen) $/iu;
/** A unit of measure: `Schall dB(A)`. */
const UNIT = /^ \p{L}{1,3}(?:\(\p{L}\)|[/²³])/u;

/** Whether a family name is rather the first word of a landscape's or a house's, or of a line of figures. */
export const isPlaceOrMeasure = (text: string, end: number): boolean => {
  const after = text.slice(end, end + REACH);
  return LANDSCAPE.test(after) || UNIT.test(after);
};

/** `the Rio Grande`, `the Sierra Nevada`: nobody has an article. `start`: of the word behind. */
export const isLandscape = (text: string, start: number): boolean => LANDSCAPE_BEFORE.test(text.slice(Math.max(0, start - 12), start));
export const endsAsLandscape = (last: string): boolean => LANDSCAPE.test(` ${last}`);

const LAST_OF_THING =
  /^(?:methods?|plan|equations?|theorem|effect|distribution|treaty|act|dam|planetarium|museum|library|university|institute|foundation|software|systems?|technologies|award|prize|list|guide|report|cent(?:er|re)|co|os|zone|search|services?|projects?|models?)$/iu;
/** `Newton Method`: its last word says that it is no person. */
export const endsAsThing = (last: string): boolean => LAST_OF_THING.test(last);

/** Words before the name of a river or a town. */
const PLACE_BEFORE =
  /(?<!\p{L})(?:River|Lake|Mount|Mt\.?|Cape|Fort|Port|Gulf of|Bay of|San|Santa|Saint|Costa|Puerto|Isla|Loch|Glen|St\.?|Great|New|Los|Las|(?:University|City|County|Battle) of|Apache|Amazon|Microsoft|Google|Oracle|Adobe) $/u;

/** Whether a name that stands there is part of a longer one, of a thing. */
export const isThing = (text: string, start: number, end: number): boolean =>
  THING.test(text.slice(end, end + REACH)) || PLACE_BEFORE.test(text.slice(Math.max(0, start - 16), start));

const WITHIN = /(?<!\p{L})(?:in|inside|into|through|im|durch) $/iu;
const COUNTED = /^[ \u00a0]\d{1,2}(?!\d|\p{L})/u;
/** `in Halle 2`: nobody is within a person, and what has a number is one of several rooms or lines. */
export const isRoom = (text: string, start: number, end: number): boolean =>
  COUNTED.test(text.slice(end, end + 8)) && WITHIN.test(text.slice(Math.max(0, start - 10), start));

export const startsLine = (text: string, start: number): boolean => LINE_START.test(text.slice(Math.max(0, start - 14), start));

/** All of a line, with figures in one of the lines after it: the head of an address or of a form. */
export const headsAddress = (text: string, start: number, end: number): boolean =>
  startsLine(text, start) && LINE_END.test(text.slice(end, end + 6)) && /\d/.test(text.slice(end, end + 160));

const SPEAKER_LINE = /^[ \t>?*•|#-]{0,12}(\p{Lu}[\p{L}.'’ -]{1,40}):[ \t]/gmu;
/** Whether lines begin with who speaks: somebody speaks twice, or one has a known name. A form has each of its fields once. */
function isTranscript(text: string): boolean {
  const speakers = [...text.slice(0, BEGINNING).matchAll(SPEAKER_LINE)].map(([, speaker = '']) => speaker);
  return (
    speakers.length > 1 && (speakers.length > new Set(speakers).size || speakers.map(factsOf).some(({ given, word }) => given && !word))
  );
}

/** Who speaks, at the start of a line. */
export const isSpeaker = (text: string, start: number, end: number): boolean =>
  /^:[ \t]+[^\s\d]/.test(text.slice(end, end + 8)) && startsLine(text, start);

const GERMAN = /\b(?:der|die|das|und|ist|nicht|ein|eine|einen|den|dem|mit|auf|sich|für|von|zu)\b/g;
/** Whether every noun is written large: one small word of German among fifteen words, at least. */
export const writesNounsLarge = (text: string): boolean =>
  (text.slice(0, BEGINNING).toLowerCase().match(GERMAN)?.length ?? 0) * 80 > Math.min(text.length, BEGINNING);

const ARTICLE =
  /(?<!\p{L})(?:der|die|das|dem|den|des|im|am|zum|zur|beim|vom|ins|ans|(?:ein|kein|mein|dein|sein|ihr|unser)(?:e[rsnm]?)?|(?:jed|dies|jen|all|welch)e[rsnm]?) (?:\p{L}{2,}e[rsnm]? ){0,2}$/iu;
/** Whether an article stands before it, and what it is like: in German that makes a noun of it. */
export const hasArticle = (text: string, start: number): boolean => ARTICLE.test(text.slice(Math.max(0, start - REACH), start));

/** All of a text but for a number behind it: `Counter Hall 1`, as a column or a room is called. */
const isCounted = (text: string, start: number, end: number): boolean =>
  text.slice(0, start).trim() === '' && /^[ \u00a0]\d{1,3}\s*$/.test(text.slice(end, end + 8));
/** The word before a form's value. */
const isField = (text: string, start: number, end: number): boolean => startsLine(text, start) && /^:[ \t]/.test(text.slice(end, end + 2));
/** `hasGiven`: one of its words is a given name. */
export const isLabel = (text: string, start: number, end: number, hasGiven: boolean): boolean =>
  isCounted(text, start, end) || (isField(text, start, end) && (!hasGiven || /^:[ \t]+\d/.test(text.slice(end, end + 8))));

/** What a text as a whole tells; each is looked at once, when it is first asked. `caseless`: its words were written all large or all small. */
export type Manner = { readonly cues: Cues; readonly transcript: boolean; readonly nounsLarge: boolean; readonly caseless: boolean };
export function mannerOf(text: string, nounsLarge: boolean, caseless: boolean): Manner {
  let transcript: boolean | undefined;
  let large: boolean | undefined = nounsLarge ? true : undefined;
  return {
    cues: cuesOf(text),
    caseless,
    get transcript() {
      transcript ??= isTranscript(text);
      return transcript;
    },
    get nounsLarge() {
      large ??= writesNounsLarge(text);
      return large;
    },
  };
}

export const startsSentence = (text: string, at: number): boolean =>
  /(?:^|[.!?:\n"“(>-])\s{0,12}$/u.test(text.slice(Math.max(0, at - 14), at));
