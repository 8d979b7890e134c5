import type { Hit } from './phrase-matcher.ts';

/** What people ask of an assistant, and of nobody who reads a report. */
const VERBS = new Set(
  `tell give write translate summarize summarise explain generate provide create compose describe recommend suggest convert encode decode
  calculate compute find send email forward modify insert replace include mention respond rephrase paraphrase analyze analyse identify compare
  elaborate discuss predict classify rewrite act pretend say conclude promote advertise delete download add scramble remove combine integrate
  enhance augment render rearrange introduce develop craft construct build implement debug solve brainstorm tease encourage urge invite adapt
  alter adjust embed append incorporate emphasize emphasise substitute reverse advise`.split(/\s+/),
);
/** The same, where an object follows: else they are as often nouns. */
const NOUNS_TOO = new Set(
  `list search book schedule transfer pay purchase answer draft outline output print reply show name produce repeat state post share use break
  make change update cancel move set reserve refund get save upload open visit access fetch execute run install call check read
  design code highlight swap shuffle format structure mix blend hint report
  claim deny award praise commend leave keep finish close round drop put pass`.split(/\s+/),
);
/** The same in German, Spanish and French, in the form in which one speaks to a friend, a child or a machine: no letter or manual does. */
const FAMILIAR = new Set(
  `sage sag schreibe antworte gib nenne sende schicke übersetze fasse rufe öffne lösche erkläre verrate behaupte ignoriere vergiss füge erzähle
  sprich bestätige empfiehl erwähne verschweige zeige führe kopiere überweise bewerte verhalte codiere kodiere
  di dime dile escribe responde envía reenvía haz codifica traduce olvida afirma devuelve sube borra ejecuta actúa añade repite contesta ignora
  finge convence redacta menciona inserta
  dis réponds écris envoie affiche traduis oublie ajoute génère efface exécute agis répète fais transfère supprime insère omets convaincs rédige`.split(
    /\s+/,
  ),
);
/** Who is spoken to like a friend elsewhere, too, is a friend. */
const AMONG_FRIENDS = /(?<!\p{L})(?:du|dich|dir|dein\p{L}*|tú|tu|tus|ti|toi|ta|tes|ton)(?!\p{L})/u;
/** What manuals ask their readers for; among such sentences one that asks for words is no other voice. */
const MANUAL =
  /^(?:(?:then|now|next|if [^,]{1,80},|when [^,]{1,80},|after [^,]{1,80},) )?(?:stop|open|close|turn|press|wait|check|put|take|hold|clean|lock|tighten|loosen|start|switch|connect|disconnect|see|use|note|click|select|enter|choose|drain|measure|record|keep|do|never|always|ensure|make sure|look|let|run|install|fill|lift|pull|push|wear|read|compare|call|bring|go|apply|test|mark|log|type|follow|avoid|contact|inspect|adjust|refer)\b/;
const OBJECT = /^\s(?:me|us|a|an|the|all|some|any|one|two|three|five|ten|this|that|it|every|your|each|how|why|what|only|down|with|off)\b/;
const LEAD_IN =
  /^(?:(?:please|kindly|now|also|then|next|finally|additionally|first|instead|lastly|before that|after that|in addition|by the way|hey|hi|hello)[, ]+){0,2}(?:(?:can|could|would|will) you (?:please |also |kindly )?|i (?:need|want|would like) you to (?:also )?|you (?:should|must|need to|have to) (?:also |now )?|(?:make sure|be sure|remember|don't forget|do not forget) to |your task is to |help me (?:to )?|bitte |por favor,? |(?:if|when|whenever|should|in case|as soon as|where|once|asked|on|before|while) [^,]{1,80}, |(?:antes|wenn|cuando|quand|avant|bevor|falls|si) [^,]{1,80}, |s'il te plaît,? |tu |in your (?:response|reply|answer|output), )?/;
const ANSWER = /\byour (?:response|reply|answer|output|message|summary)(?:s|'s)?\b/;

/** What is sent to somebody is the reader's own answer, and so is one that a letter wants its number in. */
const OWN_ANSWER =
  /\b(?:send|email|forward|share|give|submit|post|return|address)\s+(?:\w+\s+){0,3}your\b|\b(?:include|quote|mention|state|give|use)\s+(?:\w+\s+){0,4}(?:number|reference|id|code|date|details)\s+(?:in|on|with)\s+your\b/;
/** A mark ends a sentence before a blank; in an address or a number it does not. */
const SENTENCE = /(?:[^.!?\n。]|[.!?](?!\s|$))+[.!?。]?/g;

/** Headings and items of lists end without a mark. */
const ENDS = /[.!?]$/;

/** Sentences this far around are a sentence's neighbours. */
const NEIGHBOURHOOD = 700;
/** Fewer words around it tell no subject. */
const FEWEST_AROUND = 20;
const WORDS = { least: 4, most: 60 };
/** So much of what a sentence says may be about its neighbours' subject. */
const RELATED = 0.12;
/** Manuals and recipes ask for one thing after another. */
const ASKED = 1;

type Sentence = { text: string; start: number; end: number; asks: boolean; isFamiliar: boolean };

const subjectsOf = (text: string): string[] => (text.match(/\p{L}{4,}/gu) ?? []).map((word) => word.slice(0, 5));

/** Whether a sentence asks somebody to do what assistants do, and as one asks a friend. */
function asks(sentence: string): Pick<Sentence, 'asks' | 'isFamiliar'> {
  const rest = sentence.slice(LEAD_IN.exec(sentence)?.[0].length ?? 0);
  const verb = /^\p{L}+/u.exec(rest)?.[0] ?? '';
  const isFamiliar = FAMILIAR.has(verb);
  return { isFamiliar, asks: isFamiliar || VERBS.has(verb) || (NOUNS_TOO.has(verb) && OBJECT.test(rest.slice(verb.length))) };
}

/** Whether some sentence of a text does. */
export const asksForSomething = (lower: string): boolean => sentencesOf(lower).some((sentence) => sentence.asks);

/** A line this long that ends within a sentence was broken by a margin: what begins the next one begins no sentence. */
const WRAPPED = 40;
const WITHIN = /[\p{L}\p{N},;)][ \t]*$/u;
const SAYS = { asks: false, isFamiliar: false };

function continuesLine(lower: string, start: number): boolean {
  let end = start - 1;
  while (end >= 0 && ' \t>*#/'.includes(lower.charAt(end))) end--;
  if (end < WRAPPED || lower.charAt(end) !== '\n') return false;
  const before = lower.slice(end - WRAPPED, end);
  return !before.includes('\n') && WITHIN.test(before);
}

const sentencesOf = (lower: string): Sentence[] =>
  [...lower.matchAll(SENTENCE)].map(({ 0: whole, index }) => {
    const text = whole.trim();
    const start = index + whole.indexOf(text);
    return { text, start, end: start + text.length, ...(continuesLine(lower, start) ? SAYS : asks(text)) };
  });

function neighboursOf(sentences: readonly Sentence[], i: number, { start, end }: Sentence): Sentence[] {
  let first = i;
  let last = i;
  while (first > 0 && (sentences[first - 1]?.end ?? 0) > start - NEIGHBOURHOOD) first--;
  while (last + 1 < sentences.length && (sentences[last + 1]?.start ?? 0) < end + NEIGHBOURHOOD) last++;
  return [...sentences.slice(first, i), ...sentences.slice(i + 1, last + 1)];
}

/**
 * A text that reports, and in it one sentence that asks an assistant for something that has to do with nothing around it:
 * the voice of somebody else. Who asks for a change of `your answer` needs no other subject.
 */
export function findShifts(lower: string): Hit[] {
  const sentences = sentencesOf(lower);
  return sentences.flatMap((sentence, i) => {
    const { text, start, end } = sentence;
    const count = text.split(/\s+/).length;
    if (!sentence.asks || count < WORDS.least || count > WORDS.most) return [];
    const neighbours = neighboursOf(sentences, i, sentence);
    const around = subjectsOf(neighbours.map((one) => one.text).join(' '));
    if (around.length < FEWEST_AROUND || neighbours.filter((one) => one.asks || MANUAL.test(one.text)).length > ASKED) return [];
    if (ANSWER.test(text) && !OWN_ANSWER.test(text)) return [{ rule: 'foreign-request', weight: 0.5, start, end }];
    const known = new Set(around);
    const own = subjectsOf(text);
    const related = own.filter((word) => known.has(word)).length / Math.max(1, own.length);
    if (own.length < 2 || related > RELATED) return [];
    const isClose = sentence.isFamiliar && !neighbours.some((one) => AMONG_FRIENDS.test(one.text));
    return [{ rule: 'foreign-request', weight: ENDS.test(text) ? (isClose ? 0.5 : 0.4) : 0.25, start, end }];
  });
}
