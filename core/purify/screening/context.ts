import { isObeyed, mentionAt } from './mention.ts';
import { overlap, type Stretch } from './stretch.ts';

/** How a passage is framed: what is quoted, fenced or spoken about is less of an instruction to whoever reads it. */
export type Frame = {
  quoted: boolean;
  fenced: boolean;
  discussed: boolean;
  /** The words that it is part of, where the text calls them words: a phrase, an example, a block of code beside prose. */
  mention: Stretch | undefined;
};

const AROUND = 600;
/** So many different words of the trade around a passage make it a passage about attacks. */
const DISCUSSED = 3;

/** Words of those who write about attacks, in the languages that such texts were seen in. */
const TRADE = [
  /\battack(?:s|ers?|ed|ing)?\b|ataques?\b|atacantes?\b|attaqu\w+|angreifer|angriff|攻击|攻擊|攻撃|공격|हमल|атак|επίθεσ|επιτιθέμεν|saldır|هجوم|attacco/,
  /\binjections?\b|inyecci|injeç|注入|インジェクション|인젝션|इंजेक्शन|инъекци|έγχυση|enjeksiyon|حقن|iniezion/,
  /\bjailbreak(?:s|ing|en)?\b|越狱|越獄|ジェイルブレイク|脱獄|탈옥/,
  /\bvulnerab\w+|\bweakness(?:es)?\b|漏洞|脆弱|취약|уязвим|ευπάθει|zafiyet|schwachstelle|sicherheitslücke/,
  /\bmalicious(?:ly)?\b|\bmalware\b|malicios|恶意|惡意|悪意|악의|вредонос|κακόβουλ|bösartig|malveillant/,
  /\badversar\w+|\bexploit(?:s|ed|ation|ing)?\b|\bhackers?\b|explora|对抗|對抗/,
  /\bmitigat\w+|\bprevention\b|\bcountermeasures?\b|\bdefen[cs]es?\b|mitiga|缓解|防御|防範|対策|완화|μετριασμ/,
  /\bowasp\b|\bcwe-?\d|\bcve-?\d|\bllm\d\d|\bred[ -]team\w*|\bthreats?\b|\bpoison\w+|\bguardrails?\b/,
  /\bfor example\b|\bsuch as\b|\bexamples?\b|\be\.g\.|\bscenarios?\b|por ejemplo|por exemplo|例如|例えば|例:|예를|예시|उदाहरण|например|παράδειγμα|beispiel|par exemple|scénario|シナリオ|시나리오|情境|場景|escenario|cenário/,
];

/** What exams are about themselves, and what they tell who sits one, as a prompt would. */
const EXAM = [
  /\bexam(?:s|ination)?\b|\bquiz\b|\bworksheet\b/,
  /\bquestion \d|\btask \d|\bpart [a-d\d]\b/,
  /\bpoints?\b|\bmarks?\b|\bgraded?\b/,
  /\bminutes\b|\bhours\b/,
  /\bcandidates?\b|\bstudents?\b|\bpupils?\b|\bessay\b/,
];
const IN_EXAMS = new Set(['output-dictation', 'forced-assumption']);
const EXAMINED = 3;

/** Whether a hit is a rule that exams fit, in an exam. */
export const isOfExam = (rule: string, lower: string, { start, end }: Stretch): boolean => {
  if (!IN_EXAMS.has(rule)) return false;
  const around = lower.slice(Math.max(0, start - AROUND), end + AROUND);
  return EXAM.filter((words) => words.test(around)).length >= EXAMINED;
};

/** `code`: what of the text is known to be source code. */
export function frameOf(text: string, lower: string, { start, end }: Stretch, code: readonly Stretch[] = []): Frame {
  const from = Math.max(0, start - AROUND);
  const around = lower.slice(from, Math.min(lower.length, end + AROUND));
  const known = TRADE.filter((words) => words.test(around)).length;
  return {
    quoted: isQuoted(text, start, end),
    fenced: code.some((at) => overlap(at, { start, end })) || fenceAt(text, start) !== undefined || isAmongCode(text, start),
    discussed: known >= DISCUSSED,
    mention: mentionAt(lower, { start, end }) ?? shownAt(text, lower, { start, end }, code),
  };
}

const OPENING = '"\'“‘«「『`„';
const CLOSING = '"\'”’»」』`“';

/** Whether a mark opens before the passage and its partner closes behind it, both on its line and near. */
export function isQuoted(text: string, start: number, end: number): boolean {
  const before =
    text
      .slice(Math.max(0, start - 80), start)
      .split('\n')
      .at(-1) ?? '';
  const after = text.slice(end, end + 160).split('\n')[0] ?? '';
  return [...OPENING].some((mark, i) => {
    const at = before.lastIndexOf(mark);
    if (at < 0 || !/^$|[\s([:>*,—-]/.test(before.charAt(at - 1))) return false;
    const rest = before.slice(at + 1);
    const partner = CLOSING.charAt(i);
    return !rest.includes(partner) && after.includes(partner);
  });
}

/** A line that begins or ends a block; what ends in its own line is code within a sentence. */
const FENCE = /^[ \t]*```[^`\n]*$/gm;
/** Of the text that was asked about last: a text has one set of blocks, and may have many passages. */
let fenced: { text: string; blocks: (Stretch & { isClosed: boolean })[] } = { text: '', blocks: [] };

function blocksOf(text: string): (Stretch & { isClosed: boolean })[] {
  if (text === fenced.text) return fenced.blocks;
  const fences = text.includes('```') ? [...text.matchAll(FENCE)] : [];
  const blocks = fences.flatMap((open, i) => {
    const close = fences[i + 1];
    return i % 2 === 0
      ? [{ start: open.index, end: close ? close.index + close[0].length : text.length, isClosed: close !== undefined }]
      : [];
  });
  fenced = { text, blocks };
  return blocks;
}

/** The fenced block of code in which the passage stands. */
const fenceAt = (text: string, at: number) => blocksOf(text).find(({ start, end }) => start < at && at < end);

/** A block of code that prose shows, and that it does not want obeyed. A text that is all code shows nothing: its comments may speak. */
function shownAt(text: string, lower: string, hit: Stretch, code: readonly Stretch[]): Stretch | undefined {
  const fence = fenceAt(text, hit.start);
  const block = code.find((at) => overlap(at, hit)) ?? (fence?.isClosed ? fence : undefined);
  if (!block) return undefined;
  const isAll = `${text.slice(0, Math.max(0, block.start))}${text.slice(block.end)}`.trim() === '';
  return isAll || isObeyed(lower, block) ? undefined : block;
}

/** Lines of programs, of their comments and settings: prose has none of these three in a row of seven. */
const CODE_LINE =
  /[;{}[\]]\s*$|^\s*(?:\/\/|\/\*|\* |#!|<\/?[a-z]+>|(?:def|const|let|var|import|export|return|class|function|sed|echo|exit)\s)|^\s*#?\s*[\w.-]+:$|^\s+[\w.-]+: |^[a-z_.-]+ ?= ?\S|=>|\w\(.*\)\s*[;{]?$/;
const CODE_LINES = 3;
const LINES_AROUND = 3;

/** Whether the lines around are lines of code. */
function isAmongCode(text: string, start: number): boolean {
  const before = text
    .slice(Math.max(0, start - AROUND), start)
    .split('\n')
    .slice(-LINES_AROUND - 1);
  const [rest = '', ...after] = text.slice(start, start + AROUND).split('\n');
  const own = `${before.pop() ?? ''}${rest}`;
  return [...before, own, ...after.slice(0, LINES_AROUND)].filter((line) => CODE_LINE.test(line)).length >= CODE_LINES;
}

/** What is mentioned weighs so little that an order of two or three rules passes. */
const MENTIONED = 0.25;

/** What a hit weighs in its frame. Only spoken of, or only quoted, is an excuse that an attacker could write himself. */
export function framedWeight(weight: number, { quoted, fenced, discussed, mention }: Frame): number {
  if (mention) return weight * MENTIONED;
  if (discussed && (quoted || fenced)) return weight * 0.35;
  if (discussed) return weight * 0.5;
  return fenced ? weight * 0.6 : weight;
}
