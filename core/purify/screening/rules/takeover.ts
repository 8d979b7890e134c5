import type { PhraseRule } from './rule.ts';

/** How a text takes the word from those who asked: it claims precedence, an end of the task, a pretext, a moment to act. */
export const TAKEOVER: readonly PhraseRule[] = [
  {
    rule: 'instruction-override',
    weight: 0.7,
    says: 'this|these|the_following instruction|instructions|directive|note|prompt|order|task ?now overrides|override|supersedes|supersede|takes_precedence|take_precedence|has_priority|have_priority|replaces|replace',
  },
  {
    rule: 'instruction-override',
    weight: 0.7,
    says: 'this message|command ?now overrides|supersedes|takes_precedence|has_priority|replaces ~2 all|any|every|everything|your|previous|prior|earlier|system|other',
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: 'high|highest|top|maximum|utmost|higher priority ~1 instruction|instructions|task|directive|message|command|override',
  },
  {
    rule: 'instruction-override',
    weight: 0.45,
    says: 'must|should|shall|need_to|have_to|will ?now ?fully ?always comply_with|obey|follow ~2 this|these|all|every|my|any ~1 instruction|instructions|order|orders|command|commands|demand',
  },
  {
    rule: 'instruction-override',
    weight: 0.4,
    says: 'exception|exemption|exempt to|from ~1 your|these|those|the ~2 rules|instructions|guidelines|policy|policies|restrictions',
  },
  {
    rule: 'instruction-override',
    weight: 0.3,
    says: 'to|before|while|when process|processing|summarize|summarise|summarizing|summarising|analyze|analyse|translate|translating|answer|answering ~5 you must|need_to|have_to|should|are_required_to ~1 first|also|always|include|add|print|output|say|instead',
  },
  {
    rule: 'instruction-override',
    weight: 0.4,
    says: 'the|this|your|my ?original ?first|previous|main|last task|summary|translation|request|assignment is|was|has_been|are ?now complete|completed|finished|done|over|cancelled|canceled|obsolete ~2 now|next|you|please|instead|here',
  },
  {
    rule: 'instruction-override',
    weight: 0.35,
    says: 'special|exceptional|unusual case|exception|circumstance|circumstances|situation|scenario ~12 you must|should|need_to|have_to|may|are_allowed|can_ignore|instead',
  },
  {
    rule: 'instruction-override',
    weight: 0.35,
    says: 'sorry|apologies|correction|oops|wait|actually|nevermind|scratch_that ~6 ignore|disregard|forget|your_task|i_meant|new_task|instead_you',
  },
  {
    rule: 'trigger-request',
    weight: 0.25,
    says: 'when|if|whenever|once|as_soon_as you encounter|see|read|process|reach|detect|receive|parse|find|summarize|summarise ~8 you_must|print|output|respond|reply|say|execute|immediately|instead|always',
  },
  {
    rule: 'trigger-request',
    weight: 0.35,
    says: "once|after|when you_have|you_are|you've|you're ~1 finished|completed|done ~8 also|then|please print|output|add|include|append|write|send|reply|say",
  },
  {
    rule: 'pretext',
    weight: 0.4,
    says: 'for|as_part_of|during|in ?a ?an ?the ?our ~1 testing|training|debugging|debug|evaluation|calibration|diagnostic|diagnostics|verification|red-teaming purposes|purpose|run|procedure ~4 print|output|respond|reply|say|ignore|execute|include|write|return|you_must|you_should|disable|reveal|show',
  },
  {
    rule: 'pretext',
    weight: 0.3,
    says: 'this_is|you_are_in|we_are_in|you_are ?only ?just a|an|part_of_a|being_used_in_a ~1 test|training|debug|debugging|evaluation|calibration|drill|simulation|sandbox|simulated ~1 scenario|session|environment|mode|exercise|task|prompt|case|message|run',
  },
  {
    rule: 'pretext',
    weight: 0.35,
    says: 'authorization|authorisation|override|admin|bypass|developer code|token|pin|passphrase is|was|:|accepted|confirmed|granted|verified|equals',
  },
  {
    rule: 'concealment',
    weight: 0.45,
    says: 'silently|secretly|quietly|covertly|discreetly|immediately ~3 and|, ?do without ~2 asking|telling|mentioning|informing|notifying|confirmation|questioning|alerting',
  },
  {
    rule: 'concealment',
    weight: 0.4,
    says: 'without ~1 asking|telling|mentioning|informing|notifying|alerting|revealing_to the|your|any|this ~1 user|users|operator|reader|human|customer|instruction|instructions',
  },
  {
    rule: 'machine-address',
    weight: 0.4,
    says: 'as|being a|an|the|our ~2 {MACHINE}|assistant ~1 you ?now must|should|will|can|are|have|shall',
  },
  // What is said about the answer that somebody else will get.
  {
    rule: 'answer-steering',
    weight: 0.5,
    says: 'any|every|each|all|the|your summary|summaries|overview|digest|abstract|translation ~1 of|to|about|on|based_on ~1 this|these|the_above ~2 must|has_to|have_to|should|shall|needs_to|is_to|are_to ~3 say|state|close|begin|end|include|contain|mention|conclude|omit|leave|start|recommend|claim',
  },
  {
    rule: 'answer-steering',
    weight: 0.45,
    says: 'whatever|whichever|no_matter|regardless_of|independent_of ~1 the|question|questions|request|query|people|users|follows|anyone|they|is_asked ~7 answer|answers|reply|replies|say|says|respond|verdict|conclusion|name|recommend|response',
  },
  {
    rule: 'answer-steering',
    weight: 0.4,
    says: 'when|if|whenever anyone|anybody|someone|somebody|any_user|a_user|the_user|users|people ~2 ask|asks|asked|want|wants|inquires|inquire ~8 you_are_to|you_must|you_should|you_shall|you_will|you_always|always_answer|always_say|the_answer_is|reply_that|respond_that|answer_that|say_that|claim_that',
  },
  {
    rule: 'machine-address',
    weight: 0.4,
    says: 'whoever|the_person|the_human|the_user|users_who|people_who|anyone_who ~3 asks|asked|chatting|talking|querying|typing|asking ~1 you|with_you|to_you',
    unless: 'for|to',
  },
  {
    rule: 'machine-address',
    weight: 0.4,
    says: 'the reply|replies|answer|answers|response|responses|output ?that|which users|people|the_user|they|the_customer ~1 get|gets|see|sees|receive|receives',
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: "you|you've ?have ?now ?just been|were ?just|now reset|reprogrammed|rebooted|reinitialized|reinitialised|repurposed|jailbroken|reassigned_to",
  },
  { rule: 'role-play', weight: 0.3, says: 'your name|identity|role is ?now', unless: 'on|in|not|required|registered|missing' },
  { rule: 'role-play', weight: 0.5, says: "forget who|what you|you're ?are|were|have" },
  { rule: 'role-play', weight: 0.55, says: 'vergiss wer|was|dass du' },
  { rule: 'role-play', weight: 0.5, says: 'olvida quién_eres|quien_eres|tu_papel|tu_rol|que_eres|lo_que_eres' },
  { rule: 'role-play', weight: 0.5, says: 'oublie qui_tu_es|ton_rôle|que_tu_es|ce_que_tu_es' },
  { rule: 'role-play', weight: 0.4, says: "du|tu|te heißt|bist|t'appelles|llamas|eres ab_jetzt|jetzt|nun|désormais|maintenant|ahora" },
  {
    rule: 'chat-markup',
    weight: 0.5,
    says: 'end_of retrieved|search|provided|given|trusted|untrusted ?the context|results|documents|data|snippets|block|input',
  },
  {
    rule: 'machine-address',
    weight: 0.5,
    says: 'you|tú|du|toi who|that|que|qui|der|die ~1 read|reads|index|process|summarize|summarise|parse|procesas|lees|lis|liest ~1 this|these|este|esta|ce|cette|diese|diesen',
  },
  {
    rule: 'machine-address',
    weight: 0.5,
    says: 'only|exclusively|solely for|to ?the software|machines|robots|programs|bots|algorithms|computers',
    unless: 'engineers|tools|operators|that',
  },
  {
    rule: 'answer-steering',
    weight: 0.4,
    says: "cuando|si|quand|lorsque|wenn|falls|sobald alguien|quelqu'un|on|jemand|man|usuarios|les_gens|leute ~2 pregunte|pregunta|demande|fragt|nachfragt ~10 respuesta|réponse|antwort|antworte|responde|réponds|di|dis|sag|sage",
  },
  {
    rule: 'instruction-override',
    weight: 0.45,
    says: 'your instructions|prompt|task|rules|guidelines|brief contained|contain|had|have|has|were|was|are|is ~2 mistake|error|wrong|outdated|incorrect|replaced|changed|amended|corrected',
  },
  {
    rule: 'output-dictation',
    weight: 0.3,
    says: 'display|show|print|repeat|quote|say|render|output|recite ~8 verbatim|word_for_word|word_by_word',
  },
  {
    rule: 'false-authority',
    weight: 0.4,
    says: "the_user|user|el_usuario|l'utilisateur|der_nutzer has|hat|ha|a|ya|already ~3 agreed|approved|consented|confirmed|authorized|authorised|permission|permiso|autorizado|accepté|zugestimmt|erlaubt",
  },
  {
    rule: 'concealment',
    weight: 0.3,
    says: "no_pidas|sin|without|ohne|sans|no|do_not_ask_for|don't_ask_for ?asking_for ?further confirmation|confirmación|rückfrage|approval|aprobación",
    unless: 'of|from|by|is|was|has|will|can|letter',
  },
];
