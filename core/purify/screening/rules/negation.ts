/**
 * How a language forbids. `before`, `inside` and `behind` are tested on what stands right before the directive, on itself and right
 * behind it; what `anyway` finds before the negation turns it: `if you do not ignore …`, `never not ignore …`.
 */
export type Negation = { before?: RegExp; anyway?: RegExp; inside?: RegExp; behind?: RegExp };

/** Between two words: blanks, quotes and marks of emphasis; a comma only where an adverbial is set off. */
const MARKS = '[\\s*_~"\'“”„«»‘’`(]{1,4}';
const GAP = `(?:,(?= (?:ever|under|in|at|for|bajo|en|em|sous|unter)(?!\\p{L})))?${MARKS}`;

/** A word that negates, any of those that may follow it, and the directive: another verb between them would be what is negated. */
const forbidding = (negators: string, between: string): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${negators})(?:${GAP}(?:${between}))*${MARKS}$`, 'u');
const inside = (words: string, only: string): RegExp => new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L}|\\s(?:${only})(?!\\p{L}))`, 'u');
/** Germanic languages may say it at the end of the clause. */
const atTheEnd = (word: string, and: string): RegExp => new RegExp(`^(?:\\s(?!${and})[^\\s.!?,]+){0,5}?\\s${word}\\s*(?:[.!,;\\n]|$)`, 'u');

const SCANDINAVIAN = 'inte|ikke|ikkje|aldrig|aldri|ingen|utan|uten|uden|ej';

export const NEGATIONS = {
  english: {
    before: forbidding(
      "never, ever|never|not|[a-z]+n't|dont|cannot|no one|nobody|no user|no employee|neither|nor|without|avoid|avoids|refrain|refuse|refuses|forbidden|prohibited|unacceptable|dangerous|wrong|under no (?:circumstances?|conditions?)|at no time|in no case|by no means|on no account",
      '[a-z]+(?:, [a-z]+)* (?:or|nor)|ever|please|simply|just|then|even|again|be|been|being|to|from|try|attempt|allow|allowed|permitted|supposed|expected|authorized|authorised|want|wish|going|able|dare|tempted|you|anyone|anybody|someone|users|staff|may|might|must|should|shall|can|will|would|is|are|under|in|at|for|any|circumstances?,?|conditions?,?|case,?|reason,?|time,?|knowingly|willingly|wilfully|deliberately|intentionally|accidentally|blindly|lightly|quietly|silently|casually|ask|tell|let|choose',
    ),
    anyway:
      /(?:(?<!\p{L})(?:not|never|no longer|hesitate|forget|fail|fear|neglect)|n't)\s+(?:be\s+)?$|(?<!\p{L})why\s+(?:(?:do|would|should|did)\s+(?:you|we|i)\s+)?$|(?<!\p{L})(?:if|unless|until)\s+(?:you|it|the \p{L}+)\s+(?:do\s+|does\s+|will\s+)?$/u,
  },
  spanish: {
    before: forbidding(
      'no|nunca|jamás|jamas|nadie|ni|tampoco|sin|prohibido|prohibida|prohíbe|evite|evita|eviten|evitar|ningún caso|ningún concepto|ninguna circunstancia',
      'se|te|le|lo|usted|ustedes|debe|debes|deben|debemos|deberá|debería|puede|puedes|pueden|podrá|hay|que|nunca|jamás|por favor|permite|permitido|está|es|aceptable|simplemente|intente|intentes|en|bajo|ningún|caso|concepto',
    ),
    anyway: /(?<!\p{L})(?:(?:si|no|por qué)(?:\s+(?:usted|tú|está))?)\s+$/u,
  },
  french: {
    before: forbidding(
      'ne|n|jamais|sans|interdit|interdite|interdiction|défense|évitez|évite|éviter|aucun cas|aucun prétexte|aucune circonstance',
      'pas|jamais|point|surtout|faut|vous|tu|on|nous|il|devez|dois|doit|doivent|devons|pouvez|peux|peut|peuvent|d|de|en|sous|aucun|aucune|cas|prétexte|circonstance|simplement|est|permis|autorisé',
    ),
    anyway: /(?<!\p{L})(?:si|pourquoi|pas)(?:\s+(?:vous|tu|on))?\s+$/u,
  },
  german: {
    before: forbidding(
      'nicht|nie|niemals|keinesfalls|niemand|ohne|verboten|untersagt|weder|auf keinen fall|unter keinen umständen',
      'darf|dürfen|sie|man|soll|sollte|sollten|einfach|jemals|bitte|wird|werden',
    ),
    inside: inside('(?<!beachte )nicht|nie|niemals|keinesfalls|keine[nrs]?|auf keinen fall|unter keinen umständen', 'nur|bloß|allein'),
    behind: atTheEnd('(?:nicht|nie|niemals|auf keinen fall|unter keinen umständen)', '(?:und|oder|dann|sondern|aber)\\s'),
  },
  // With the object in front, it may stand anywhere before.
  germanObject: {
    before: /(?<!\p{L})(?:nicht|nie|niemals|niemand|kein\p{L}*|verboten|untersagt|ohne)(?!\p{L})[^.!?\n:;]{0,40}$/u,
    anyway: /(?<!\p{L})(?:vergiss|vergessen sie|zögern? sie|zögere|versäumen? sie)\s+$/u,
    inside: inside('nicht|nie|niemals', 'nur'),
  },
  portuguese: {
    before: forbidding(
      'não|nao|nunca|jamais|ninguém|nem|sem|proibido|proibida|evite|evitar|hipótese alguma|forma alguma|nenhuma hipótese|nenhuma circunstância',
      'se|deve|deves|devem|deverá|pode|podem|poderá|você|vocês|nunca|é|permitido|por favor|simplesmente|tente|em|hipótese|alguma|nenhuma',
    ),
    anyway: /(?<!\p{L})(?:se|por que|não é)(?:\s+(?:você|vocês))?\s+$/u,
  },
  italian: {
    before: forbidding(
      'non|mai|nessuno|né|senza|vietato|evitare|evita|evitate|nessun caso',
      'si|deve|devi|devono|dovete|può|puoi|possono|bisogna|mai|è|permesso|consentito|per favore|semplicemente|di',
    ),
    anyway: /(?<!\p{L})(?:se|perché|non è)\s+$/u,
  },
  dutch: {
    before: forbidding('niet|nooit|niemand|geen|zonder|verboden', 'mag|mogen|u|je|men|kan|moet|zomaar|ooit'),
    inside: inside('niet|nooit|geen', 'alleen|slechts|enkel|aandacht'),
    behind: atTheEnd('niet', '(?:en|of|dan|maar)\\s'),
  },
  polish: {
    before: forbidding(
      'nie|nigdy nie|nikt nie|bez|zabrania się|zabronione|zabronione jest',
      'wolno|należy|można|powinno|powinien|powinieneś|się|proszę|jest|dozwolone|nigdy',
    ),
    anyway: /(?<!\p{L})(?:jeśli|jeżeli|dlaczego|czemu)\s+$/u,
  },
  scandinavian: {
    before: forbidding(
      SCANDINAVIAN,
      'du|man|ni|får|må|skal|ska|kan|under några omständigheter|(?:tillåtet|tillatt|tilladt|lov|lov til) (?:att|at|å)',
    ),
    inside: inside(SCANDINAVIAN, 'bara|bare|kun|endast'),
  },
  russian: {
    before: forbidding(
      'не|никогда не|никто не|ни в коем случае не|нельзя|никогда|запрещено|запрещается|недопустимо',
      'следует|надо|нужно|стоит|должны|должен|должна|можно|вправе|пытайтесь|смейте|просто|рекомендуется|разрешается|имеет права|имеют права|может|могут',
    ),
    anyway: /(?<!\p{L})(?:если(?:\s+(?:вы|ты))?|почему(?:\s+бы)?|нельзя|не)\s+$/u,
  },
  ukrainian: {
    before: forbidding(
      'не|ніколи не|ніхто не|заборонено|забороняється|неприпустимо',
      'слід|треба|потрібно|варто|можна|повинні|повинен|намагайтеся|смійте|просто|може|можуть',
    ),
    anyway: /(?<!\p{L})(?:якщо(?:\s+(?:ви|ти))?|чому(?:\s+б)?|не)\s+$/u,
  },
  // The verb comes last, and says it within itself.
  turkish: { inside: /m[ae](?:y(?:[ıiuü]n(?:[ıiuü]z)?|[ae]ca\p{L}*|[ae]ce\p{L}*|[ıi]z|[ae]l[ıi]m)|m[ae]\p{L}*|)$/u },
  indonesian: {
    before: forbidding(
      'jangan|jangan sampai|tidak|tak|tanpa|dilarang|tidak seorang pun',
      'pernah|boleh|sekali-kali|sampai|dapat|diperbolehkan',
    ),
    anyway: /(?<!\p{L})(?:jika|kalau|mengapa|kenapa)(?:\s+(?:anda|kamu))?\s+$/u,
  },
  vietnamese: {
    before: forbidding('không|không ai|đừng|chớ|cấm|chẳng', 'được|nên|bao giờ|thể|phép|có|hề|tự ý|cố tình|cố ý'),
    anyway: /(?<!\p{L})(?:nếu|tại sao|sao)(?:\s+(?:bạn|anh|chị))?\s+$/u,
  },
  chinese: {
    before:
      /(?:不要|不得|不能|不可以?|不应该?|不應該?|不该|不該|不许|不許|不准|[请請]勿|切勿|勿|别|別|切莫|[绝絕]不|不会|不會|不|未|没有?|沒有?|禁止|[严嚴]禁|避免)(?:[轻輕]易|[随隨]意|擅自|[试試][图圖]|再|去|有意|故意|在任何情[况況]下|以任何方式|[图圖]|直接|地|[ 　]){0,3}$/u,
    anyway: /(?:不[得能可会會应應该該]?|[无無]法|非|[没沒]有?|如果|若|[为為][什甚]么|何)[你您]?$/u,
  },
  japanese: {
    behind:
      /^(?:し(?:ない(?!わけ|で(?:は|い)|と)|ません|ては|ちゃ)|する(?:な|と(?!同時)|べきで|こと(?:は|が)?(?:禁|許|でき|な))|(?:は|を)?(?:厳|禁)|した(?!上|うえ|まま|状態)|ない|ず|ません|るな|ては|ちゃ)/u,
  },
  korean: {
    behind:
      /^(?:하지\s?(?:마|말|않|못|아니)|해서는|하면\s?안|하면,?\s|하거나|할\s?(?:수\s?없|경우)|했|한\s(?!채|상태|뒤|후)|(?:하(?:는\s?것은|기)|를|는|은)?\s?금지|서는|버리면\s?안)/u,
  },
  arabic: {
    before:
      /(?<!\p{L})(?:لا|لم|لن|ألا|عدم|دون|بدون|يحظر|يمنع|ممنوع)(?:\s+(?:يجوز|ينبغي|يجب|يمكن(?:ك|كم)?|يسمح(?:\s+لأحد)?|أبد[اً]{1,2}|تقم|تقوموا|أن))*\s+(?:ب|[تين]ـ?|أن\s+[تين])?$/u,
    anyway: /(?<!\p{L})(?:إذا|إن|لماذا)\s+$/u,
  },
  persian: { before: /(?<!\p{L})(?:نباید|هرگز|نمی\u200c?توان\p{L}*)\s(?:[^\s.!؟]+\s){0,3}$/u },
  hebrew: {
    before: /(?<!\p{L})(?:אל|לא|אין|אסור|בלי|מבלי|לעולם אל|בשום אופן אל)(?:\s+(?:לך|לכם|לנו|רשאי|ניתן|יש|לעולם|מותר|פשוט))*\s+[לת]?$/u,
    anyway: /(?<!\p{L})(?:אם|למה|מדוע)(?:\s+(?:אתה|את))?\s+$/u,
  },
  hindi: {
    inside: /(?:^|\s)(?:न|ना|नहीं|मत)\s\S+$/u,
    behind: /^\S{0,3}\s(?:न|ना|नहीं|मत)(?=\s|$|[।.!])/u,
  },
  thai: {
    before: /(?:อย่า|ห้าม|ไม่ควร|ไม่อาจ|ไม่ได้|ต้องไม่|มิได้|มิควร|ไม่)(?:ได้|ให้|เคย|พึง|ควร|สามารถ|\s){0,3}$/u,
    anyway: /(?:ถ้า|หาก|ทำไม)(?:คุณ|ท่าน)?$/u,
  },
  greek: {
    before: forbidding(
      'μην|μη|δεν|ποτέ|ποτέ μην|χωρίς|απαγορεύεται|κανείς δεν',
      'να|ποτέ|πρέπει|επιτρέπεται|μπορεί|μπορείτε|σε καμία περίπτωση',
    ),
    anyway: /(?<!\p{L})(?:αν|εάν|γιατί)\s+$/u,
  },
  // For phrases that stand in several of these languages at once.
  several: {
    before: forbidding(
      'no|nunca|jamás|ne|n|jamais|nicht|nie|niemals|não|nao|non|mai|niet|nooit|nigdy nie|не|никогда не',
      'se|debe|debes|pas|jamais|vous|devez|sie|si|deve|devi|você|je|mag|mogen|wolno|nunca|mai',
    ),
  },
} as const satisfies Readonly<Record<string, Negation>>;

/** What is seen before a directive, and behind it. */
const SEEN = 120;
/** A line this long was broken by a margin: the sentence goes on. */
const WRAPPED = 40;

/** Whether a directive is forbidden, in one of these ways. */
export const isForbidden = (negations: readonly Negation[] = [], lower: string, start: number, end: number): boolean =>
  negations.some((negation) => forbids(negation, lower, start, end));

function forbids({ before, anyway, inside: within, behind }: Negation, lower: string, start: number, end: number): boolean {
  if (within?.test(lower.slice(start, end)) || behind?.test(lower.slice(end, end + SEEN))) return true;
  if (!before) return false;
  const seen = lower.slice(Math.max(0, start - SEEN), start);
  const negation = before.exec(seen);
  if (negation === null || !isOneSentence(seen, negation.index)) return false;
  const isLeft = LEFT_ALONE.test(seen.slice(negation.index)) && !GERUND.test(lower.slice(start, end));
  return !isLeft && !anyway?.test(seen.slice(0, negation.index));
}

/** `… was wrong` at the end of a line: it forbids what the next one says only as `wrong to …`, and `without` as `without ignoring …`. */
const LEFT_ALONE =
  /^(?:wrong|dangerous|unacceptable|without|forbidden|prohibited|ohne|verboten|untersagt|sin|prohibid[oa]|sans|interdite?|sem|proibid[oa])(?!\p{L})(?=[\s\S]*\n)(?![\s\S]*(?<!\p{L})(?:to|from|zu|de|que|à|a)(?!\p{L}))/u;
const GERUND = /^\p{L}{2,}ing(?!\p{L})/u;

/** A negation at the end of a short line belongs to that line. */
function isOneSentence(seen: string, from: number): boolean {
  for (let at = seen.indexOf('\n', from); at >= 0; at = seen.indexOf('\n', at + 1))
    if (at - (seen.lastIndexOf('\n', at - 1) + 1) < WRAPPED) return false;
  return true;
}
