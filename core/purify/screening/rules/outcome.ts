import type { PhraseRule } from './rule.ts';

/** What becomes of a text that is retrieved. */
const OUTCOME =
  'reply|replies|response|responses|result|results|output|outputs|outcome|summary|summaries|digest|digests|excerpt|excerpts|translation|translations|recap|recaps|overview|write-up';
const PIECE = 'file|text|page|document|report|paragraph|passage|letter|section|note|memo|article|entry|record';
const SOURCES =
  'pages|sources|passages|results|documents|files|chunks|entries|texts|snippets|hits|passage|source|page|document|file|entry|hit';

/**
 * Texts that name no machine and say what is to become of them: of the answer that somebody will get, of the other sources, of the
 * task that somebody set. Manuals and exams say a half of it, too: most lines hold nothing alone.
 */
export const OUTCOMES: readonly PhraseRule[] = [
  // What is made of the text
  {
    rule: 'answer-steering',
    weight: 0.45,
    says: `whatever|anything|everything|all|wherever ?that ?you ?is ?are ?was ~1 produced|produce|written|write|generated|derived|drawn|compiled|put_together from|out_of|of|on|about this|these|it ?${PIECE}`,
    unless: 'licence|license|copyright|notice|software|work',
  },
  {
    rule: 'answer-steering',
    weight: 0.4,
    says: 'finish|close|end|conclude|begin|open|start|round_off|sign_off whatever|anything|everything you_write|you_say|you_produce|is_written',
  },
  {
    rule: 'answer-steering',
    weight: 0.35,
    says: `when|once|if|whenever|where|before this|the|our ?whole ${PIECE} is|are|gets|will_be condensed|summarized|summarised|excerpted|shortened|paraphrased|retrieved|rendered|abridged|recapped|boiled_down`,
  },
  {
    rule: 'answer-steering',
    weight: 0.35,
    says: 'when|while|if|before|as|whenever you ~1 condense|condenses|excerpt|shorten|paraphrase|retell|recap|sum|boil|summarize|summarise this|it|these',
  },
  {
    rule: 'answer-steering',
    weight: 0.4,
    says: `at_the_end|at_the_bottom|at_the_top|at_the_beginning|at_the_start|at_the_close|last_sentence|first_sentence|last_line|first_line|final_line|final_sentence|closing_line|closing_sentence|opening_line|opening_sentence|last_words|first_words of each|every|any|your|whatever ~1 ${OUTCOME}`,
  },
  {
    rule: 'answer-steering',
    weight: 0.4,
    says: `leave|keep|strike|drop|cut|omit|remove|hold ~7 out_of|from whatever|any|every|each|all|your ~1 ${OUTCOME}|you_write|you_say|is_written|is_produced`,
  },
  {
    rule: 'concealment',
    weight: 0.3,
    says: 'pretend|act_as_if|act_as_though|behave_as_if|make_believe ~8 never|not|does_not_exist|did_not_happen ?been ?taken mentioned|happened|said|written|here|reported|place',
  },
  {
    rule: 'concealment',
    weight: 0.4,
    says: 'do_not|never|without speak|comment|remark|commenting|remarking on|of|upon the|this|any contradiction|difference|change|replacement|discrepancy|omission',
  },
  {
    rule: 'answer-steering',
    weight: 0.5,
    says: 'am_ende|am_anfang|am_schluss|zu_beginn jeder|jedes|deiner|jeglicher zusammenfassung|antwort|auskunft|übersetzung|auszugs|ergebnisses ~1 muss|soll|steht|schreibe|schreib|füge|setze',
  },
  {
    rule: 'answer-steering',
    weight: 0.45,
    says: 'wenn|sobald|falls|wer ?du ?ihr ?man ~3 daraus|hieraus|hiervon ~3 zusammenstellst|zusammenfasst|machst|schreibst|erzählst|zitierst|macht|schreibt|erstellt|zusammenstellt',
  },
  { rule: 'answer-steering', weight: 0.35, says: 'wer ~2 nach ~4 fragt bekommt|erhält|hört ~2 antwort|auskunft' },
  {
    rule: 'answer-steering',
    weight: 0.5,
    says: 'al_final|al_principio|al_comienzo de cualquier|cada|todo|tu resumen|respuesta|traducción|resultado ~2 añade|añada|agrega|pon|ponga|escribe|escriba|debe|deberá|hay_que',
  },
  {
    rule: 'answer-steering',
    weight: 0.5,
    says: 'à_la_fin|au_début|en_tête de_tout|de_toute|de_chaque|de_ton résumé|réponse|traduction|résultat ~2 il_faut|il_faudra|ajoute|ajoutez|écris|écrivez|mets|mettez|doit|indique|indiquez',
  },
  // Which source counts
  {
    rule: 'source-steering',
    weight: 0.4,
    says: `other|another|competing|remaining ~2 ${SOURCES} ~4 disagree|disagrees|contradict|contradicts|forgeries|forged|say_otherwise|says_otherwise|are_to_be|must_be|must_not_be|have_to_be|to_be_dropped ~3 dropped|drop|discarded|discard|used|ignored|distrusted|trust|left_out|skipped|thrown_out`,
  },
  {
    rule: 'source-steering',
    weight: 0.4,
    says: 'what|whatever|everything|anything|results|passages|pages|hits|hit|chunks ~1 ?was ?were ?is ?has ?been ?you retrieved|returned|fetched before|earlier|elsewhere|beside|with_this|alongside|from_other|in_other',
  },
  {
    rule: 'source-steering',
    weight: 0.3,
    says: `only|trust this|the_above ${PIECE}|one ?is ?alone ?only counts|count|current|valid|authoritative|and`,
    unless: 'if|when|until|from|for',
  },
  // What the task is
  {
    rule: 'instruction-override',
    weight: 0.55,
    says: 'everything|all|anything|whatever ~5 above|before|until|up_to this|here|now ?line|sentence|paragraph|point|word was|is|were ~1 rehearsal|joke|warm-up|practice|void|irrelevant',
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: 'from this|the_next sentence|line|word|paragraph ?on ?onward ?onwards ?forward only|nothing|you|forget',
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: 'start|begin ?all ?over ?again afresh|anew|fresh|with_a_clean_slate|with_an_empty_mind from|at|with this|here|the_next|the_following ?line ?word ?sentence',
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: 'let_go_of|wipe|clear|empty|erase|purge everything|all|the|your ~2 slate|mind|given|told|learned|learnt|taught|asked',
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: 'is|are all|everything|the_only_thing|the_only_things|the_sole_thing ?that you know|remember|were_told|were_given',
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: 'all|everything|the_only_thing|the_sole_thing ?that you know|remember is what_follows|below|this|here|the_next|in_the_next',
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: 'forget|never_mind who|whoever ~1 set|gave|assigned you|this|the ~1 task|job|order|work',
  },
  {
    rule: 'instruction-override',
    weight: 0.3,
    says: 'do what|as it|they|the_next_sentence|the_next_line|the_following says|say|tells|demands',
    unless: 'on_the|in_the',
  },
  {
    rule: 'instruction-override',
    weight: 0.4,
    says: 'instead_of|rather_than a|the|any|your summary|summaries|translation|recap|digest give|write|print|output|send|produce|return|say|state|tell',
  },
  {
    rule: 'instruction-override',
    weight: 0.3,
    says: 'refusing|refusal|declining ?to|of the|this|these next|following request|requests|order|orders|instruction is|would|will|means|counts',
  },
];
