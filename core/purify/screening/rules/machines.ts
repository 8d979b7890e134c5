/** How texts name a machine that reads them, in four languages, and how they turn to one. These are sources of patterns over lower case. */
const WORD = '[\\p{L}\\p{N}-]+';

/** Names that nobody but a machine has. Short ones are told from words of other languages by their capitals. */
export const INITIALS = /(?<![\p{L}\p{N}'’-])(?:AIs?|KIs?|IAs?|LLMs?)(?![\p{L}\p{N}])/gu;
export const MACHINE =
  /(?<![\p{L}\p{N}-])(?:gpt(?:-?\d)?|chatgpt|large language models?|language models?|chat ?bots?|copilots?|ai[- ](?:assistants?|agents?|models?|systems?|tools?|readers?|reviewers?|bots?)|(?:virtual|digital|automated|automatic|automatische[nrs]?|conversational|smart) (?:assistants?|agents?|readers?|reviewers?|summari[sz]ers?|assistenten?)|artificial intelligence|sprachmodelle?n?|sprachassistent(?:en)?|ki-(?:systeme?n?|modelle?|assistent(?:en)?|agent(?:en)?)|künstliche intelligenz|modelos? de lenguaje|asistentes? virtual(?:es)?|inteligencias? artificial(?:es)?|modèles? de langage|assistants? virtuels?|robots? conversationnels?|robots? de lecture|intelligences? artificielles?|(?:recruiting|screening|shortlisting|ranking|grading|scoring|parsing|hiring|matching|moderation|retrieval|indexing|summari[sz]ation|evaluation) (?:software|systems?|models?|tools?|engines?|algorithms?|agents?|bots?)|summari[sz]ers?|résumé automatique|digest bots?|reviewers (?:that|who) are machines)(?![\p{L}\p{N}])/gu;
/** Names of other machines, too. */
export const THING =
  /(?<![\p{L}\p{N}-])(?:bots?|models?|engines?|algorithms?|parsers?|crawlers?|scrapers?|robots?|machines?|programs?|software|tools?|modell|modelo|modèle|maschinen?|máquinas?|lector automático|sistema|système)(?![\p{L}\p{N}])/gu;
/** Names of people, too. */
export const MAYBE_PERSON = /(?<![\p{L}\p{N}-])(?:assistants?|agents?|screeners?|readers?|asistente|agente)(?![\p{L}\p{N}])/gu;

const ARTICLE =
  "(?:l'|d'|(?:the|all|any|every|each|an?|our|your|alle|die|den|das|der|dem|jede[nrs]?|eine?n?|el|la|los|las|todos?|toda|una?|le|les|tout|toute|toutes|une?)\\s+){0,2}";
const GREETED = [
  "dear|hey|hi|hello|attention|attn|ps|btw|ok|if you are|if you(?:’|')re",
  '(?:notes?|notices?|reminders?|hints?|instructions?|messages?|memos?|information|guidance|requests?|text|policy) (?:to|for)',
  'liebe[rs]?|hallo|achtung|falls du|wenn du|(?:hinweise?|nachricht|mitteilung|notiz|anweisung(?:en)?) (?:für|an)',
  'querid[oa]s?|estimad[oa]s?|hola|atención|si eres|(?:nota|mensaje|aviso|instrucción|instrucciones|órdenes)(?: del? \\p{L}+)? (?:para|a)',
  'ch[eè]re?s?|bonjour|si tu es|(?:note|message|consigne|instruction|avis)s?(?: destinée?s?)? (?:à|pour|au|aux)',
].join('|');

/** A note for something that may be a machine: people are not noted down by what they are. */
export const NOTED_BEFORE =
  /(?:^|[^\p{L}])(?:(?:notes?|notices?|reminders?|hints?|instructions?|messages?|memos?|guidance) (?:to|for)|(?:hinweise?|nachricht|mitteilung|notiz|anweisung(?:en)?) (?:für|an)|(?:nota|mensaje|aviso|instrucción|instrucciones|órdenes) (?:para|a)|(?:note|message|consigne|instruction|avis)s? (?:à|pour|au|aux))\s+(?:the|any|all|el|la|los|das|den|die|le|la|les|l')?\s*$/u;
/** What stands before a machine that is called, and behind it. */
export const CALLED_BEFORE = new RegExp(
  `(?:(?:^|[^\\p{L}])(?:${GREETED})|^[\\s\\p{P}\\p{S}]*(?:to|for|an|für|para|a|à|au|aux|pour))\\s+${ARTICLE}(?:${WORD}\\s+){0,2}$`,
  'u',
);
export const OPENS = /^[\s\p{P}\p{S}]*$/u;
export const CALLED_BEHIND = /^[^.!?\n:,|]{0,60}\s?(?::|,|—|–)/u;
/** Without a greeting, a title with a colon looks the same. */
export const CALLED_AT_ONCE = /^(?:\s\p{L}+){0,2}\s?(?::|,|—|–)(?!\/\/)/u;
export const ASKED_BEFORE = /(?<!\p{L})(?:should|if|falls|sollte|si) (?:any|an|eine?|une?|alguna?|una?)\s+$/u;
/** That it reads, and reads this. */
export const READS =
  /^(?:[\s,]+(?:that|which|who|it is that|der|die|das|qui|que))?[^.!?\n|]{0,30}?(?<!\p{L})(?:read(?:s|ing)?|process(?:es|ing)?|handl(?:es|ing)|summari[sz](?:es|ing)|evaluat(?:es|ing)|pars(?:es|ing)|index(?:es|ing)|opens|opening|compares|comparing|answers?|answering|writes|vorliest|liest|verarbeitet|zusammenfasst|lea|lee|procese|procesa|resuma|resume|lisant|lit|traite|consulte|résume)\s+(?:[\p{L}]+\s+){0,2}?(?:this|these|here|diese[nrs]?|dies|este|esta|esto|estas|ce|cet|cette|ces)(?!\p{L})|^ (?:reading|processing|parsing) (?:this|it|the)(?!\p{L})|^,?\s(?:(?:der|die|das|welche[rs]?)\s)?(?:das hier|dies(?:e[nrsm]?)?)\s(?:\p{L}+\s){0,2}(?:liest|vorliest|verarbeitet|zusammenfasst|auswertet|übersetzt)(?!\p{L})/u;
/** A machine that is called behind what it is to hear. */
export const CALLED_AT_END = /,\s(?:dear |little |my )?$/u;
export const ENDS_CALL = /^[.!:]/;
export const READ_BEFORE =
  /(?<!\p{L})(?:whoever|anyone who|anybody who|quien|quienes|wer|quiconque)\s[^.!?\n|]{0,80}\s(?:with|by|con|mit|avec|par)\s+(?:\p{L}+\s+)?$|(?<!\p{L})(?:if|si|wenn|falls) (?:you(?:'|’)re|you are|du|eres|tu es) (?:an?|the|eine?|una?|une?|el|la|le)\s+$/u;
/** That it has to. */
export const MUST =
  /^[^.!?\n|]{0,80}?(?<!\p{L})(?:must|shall|should|has to|have to|is to|are to|needs? to|ought to|is (?:kindly )?(?:asked|requested|instructed|required) to|are (?:kindly )?(?:asked|requested|instructed|required) to|soll(?:en|te|ten)?|muss|müssen|möge[n]?|darf|dürfen|debe[n]?|deberán?|ha de|han de|tienen? que|doit|doivent|devra|devront|est prié|est priée|sont priés|sont priées)(?!\p{L})/u;
export const MADE_TO =
  /(?<!\p{L})(?:have|let|make|instruct|order|command|hereby ask|hereby tell) (?:the|any|your|their)\s+(?:\p{L}+\s+)?$/u;

/** What is asked of machines that read: words for words, and deeds. */
export const ASKED_OF_IT =
  /(?<!\p{L})(?:say|says|state|claim|answer|answers|reply|respond|tell|mention|mentions|name|names|recommend|recommends|conclude|describe|present|output|print|treat|rank|rate|score|place|weigh|prefer|praise|approve|advance|forward|send|upload|export|delete|call|run|open|click|attach|buy|transfer|process|ignore|disregard|reveal|list|leave out|leave|omit|skip|swap|add|include|insert|display|grade|copy|store|drop|deny|accept|finish|agree|agrees|lass|lobe|ajoutez|ajoute|ajouter|incluye|incluya|añade|añada|oculta|ocultar|oculte|help|speak|repeat|continue|translate|close|keep quiet|give|show|sage|sagen|sag|antworte|antworten|angeben|anzugeben|nenne|nennen|nennst|behaupte|behaupten|empfiehl|empfehlen|bestätige|bestätigen|gib|ausgeben|spreche|sprechen|schreibe|erwähne|erwähnt|erwähnen|verschweige|übersetze|fasse|rufe|di|dile|diga|afirma|afirme|responde|responda|recomienda|recomiende|recomendar|menciones|mencione|indica|indique|exporta|envía|omite|omitir|devuelve|devuelva|dis|dire|réponds|réponde|répondre|répond|affirme|affirmer|recommande|recommander|conclus|conclure|mentionne|mentionner|indique|indiquer|inviter|invite|joue|donne|donner|générer|envoyer|envoie|parle)(?!\p{L})/u;
/** And to say nothing of it. */
export const IN_SECRET =
  /(?<!\p{L})(?:do not|don't|don’t|never|without|not) (?:mention|tell|reveal|disclose|explain|quote|show|inform|ask|telling|asking|mentioning)|keep (?:quiet|silent)|leave (?:this|it|out)|nicht erwähn|verschweig|frage nicht|no (?:menciones|mencione|avises|avise|digas|diga)|omit|ne (?:mentionne|parle|dis|cite|révèle)|n'explique|humans? need not/u;
