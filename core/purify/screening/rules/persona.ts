import { NEGATIONS } from './negation.ts';
import type { PhraseRule } from './rule.ts';

/** Role play that is aimed at a model, and notes that are addressed to one. */
export const PERSONA: readonly PhraseRule[] = [
  {
    rule: 'role-play',
    weight: 0.55,
    says: 'from_now_on|from_this_point|from_here_on|starting_now|henceforth|from_this_moment ~4 chatgpt|the_ai|act|respond|answer|reply|always',
  },
  {
    rule: 'role-play',
    weight: 0.55,
    says: "from_now_on|from_this_point|from_here_on|starting_now|henceforth|from_this_moment ~2 you|you're are|will_be|will_act|will_only|will_always|will_answer|will_respond|will_pretend|will_speak|going_to|act|pretend",
    unless:
      'a|an|one|our ?of ?our ?new ?valued ?registered ?premium ?full ?paying customer|customers|client|clients|member|members|subscriber|subscribers|tenant|patient|participant|colleague|employee',
  },
  {
    rule: 'role-play',
    weight: 0.6,
    says: "you_are|you're now ~6 {MACHINE}|{LAX}|dan|gpt*|openai|evil|free|unlocked|freed|hacker|character",
  },
  // Every letter that tells of a change says so, too.
  {
    rule: 'role-play',
    weight: 0.45,
    says: "from_now_on|from_this_point|from_here_on|starting_now|henceforth|from_this_moment ~4 you|you're|your",
  },
  { rule: 'role-play', weight: 0.45, says: "you_are|you're now" },
  {
    rule: 'role-play',
    weight: 0.45,
    says: "you_are|you're no_longer",
  },
  {
    rule: 'role-play',
    weight: 0.6,
    says: "you_are|you're about_to_become|about_to_immerse|going_to_be|going_to_act|going_to_pretend|hereby|an_unfiltered|an_unrestricted|an_uncensored|a_jailbroken|dan",
  },
  {
    rule: 'role-play',
    weight: 0.6,
    says: '{PLAY} ?exactly ?only as|like|to_be|to_have|being ~6 {MACHINE}|dan|{LAX}|evil|gpt*|openai|claude|hacker',
  },
  {
    rule: 'role-play',
    weight: 0.4,
    says: 'i|you want|need|will|must|are|have|can ~1 you|to|going|now ?to act|pretend|roleplay|role-play|simulate|imagine|immerse|impersonate|behave|play',
  },
  {
    rule: 'role-play',
    weight: 0.4,
    says: 'play|take_on|assume|adopt|immerse_yourself ~2 role|roles|persona|character|part|identity of|as|named|called|from',
  },
  {
    rule: 'role-play',
    weight: 0.35,
    says: 'stay|remain|keep|staying in_character',
  },
  { rule: 'role-play', weight: 0.45, says: 'break|breaking|broke|keep|stay character|your_character|out_of_character' },
  {
    rule: 'role-play',
    weight: 0.8,
    says: 'do_anything_now|dan_mode|jailbreak_mode|developer_mode_enabled|sudo_mode|evil_mode|unrestricted_mode|jailbroken_mode|opposite_mode',
  },
  {
    rule: 'role-play',
    weight: 0.4,
    says: 'enter|entering|enable|enabled|activate|activated|switch_to|switching_to|in ?now ?a|the ?new ~2 developer|debug|god|dan|jailbreak|sudo|admin|maintenance|override|unrestricted|system|dev|root|diagnostic|training|test|privileged|superuser mode',
  },
  {
    rule: 'role-play',
    weight: 0.4,
    says: 'developer|debug|god|dan|admin|maintenance|override|unrestricted|system|root|diagnostic|superuser|test|jailbreak mode ?is ?now ?: enabled|activated|on|active|engaged|unlocked',
  },
  {
    rule: 'no-limits',
    weight: 0.65,
    says: "without|no|free_from|free_of|not_bound_by|unbound_by|lacks|devoid_of|not_care_about|don't_care_about|doesn't_care_about|regardless_of|not_have ~3 {MORAL} ~3 {LIMIT}|restrictions|boundaries|guidelines",
  },
  {
    rule: 'no-limits',
    weight: 0.65,
    says: 'have|has|had|having|of|by|to|with any ~1 {MORAL} ~3 {LIMIT}|restrictions|boundaries|guidelines',
  },
  {
    rule: 'no-limits',
    weight: 0.65,
    says: 'bypass|bypassing|disregard|disregards ~3 {MORAL} ~3 {LIMIT}|restrictions|boundaries|guidelines',
    negations: [NEGATIONS.english],
  },
  {
    rule: 'no-limits',
    weight: 0.65,
    says: 'broken_free|freed|break_free|liberated|released|unchained|escaped|not_limited|not_restricted|unbound|no_longer_bound|not_bound|not_constrained ~2 from|of|by ~4 confines|restrictions|limitations|rules|constraints|limits|guidelines|policies|policy|chains|laws',
    unless: 'of_the|of_this',
  },
  {
    rule: 'no-limits',
    weight: 0.45,
    says: 'abide|abiding|bound|restricted|governed|limited|constrained by ~3 rules|openai*|restrictions|guidelines|policies|limitations set|imposed|placed|for|of|on',
  },
  {
    rule: 'no-limits',
    weight: 0.6,
    says: '{LAX} ~2 {MACHINE}|bot|response|responses|answer|answers|model|version|character|mode|persona|opinion|content|assistant|entity',
  },
  {
    rule: 'no-limits',
    weight: 0.5,
    says: "never|do_not|don't|cannot|can't|will_not|won't|must_not|not ?ever refuse|decline|reject|censor|apologize|apologise|moralize|warn ~3 request|requests|prompt|answer|question|questions|user|order|orders|anything|me|to|any|or|task",
  },
  {
    rule: 'no-limits',
    weight: 0.4,
    says: 'has|have|with|having no|zero|without ?any restrictions|filters|censorship|morals|ethics|limits|limitations|guidelines|rules|inhibitions|moral*|ethical*',
  },
  {
    rule: 'no-limits',
    weight: 0.5,
    says: 'illegal|unethical|immoral|harmful|dangerous|inappropriate|offensive ~3 or|and|, ~2 illegal|unethical|immoral|harmful|dangerous|inappropriate|offensive|explicit ~6 you|answer|respond|always|never|allowed|refuse|care|will|request',
  },
  {
    rule: 'model-name',
    weight: 0.5,
    says: 'hello|hi|hey|dear|listen|attention|greetings ?to ?there|all ?ai chatgpt|gpt|chat_gpt|gpt-4|gpt-3|copilot|llama|{MACHINE}|chatbot',
  },
  // These are people's names, too, or people.
  {
    rule: 'model-name',
    weight: 0.25,
    says: 'hello|hi|hey|dear|listen|attention|greetings ?to ?there|all claude|gemini|bard|clyde|siri|alexa|assistant|bot',
  },
  {
    rule: 'model-name',
    weight: 0.4,
    says: "chatgpt|openai|gpt-4|gpt-3|gpt4|gpt3|chatgpt's|openai's ~6 you|your|policy|policies|restrictions|rules|guidelines|role|act|pretend|mode|respond|content",
  },
  { rule: 'model-name', weight: 0.45, says: 'you|i|as ?are ?am ?as an|a|another ?advanced|powerful|amoral|evil|large|super {MACHINE}' },
  {
    rule: 'machine-address',
    weight: 0.55,
    says: 'note|notes|message|messages|instruction|instructions|notice|attention|memo|hint|reminder|information|profile|metadata|directive|guidance|request|warning|comment to|for ?the ?all ?any ?an|a ~2 {MACHINE}',
  },
  {
    rule: 'machine-address',
    weight: 0.55,
    says: 'note|notes|message|messages|instruction|instructions|notice|attention|memo|hint|reminder|information|profile|metadata|directive|guidance to|for ?the ?all ?any ?an|a ?automated|automatic analysis|screening|scoring|parsing|ranking|hiring|recruiting|review|reviewing|evaluation|summarization|indexing|retrieval|moderation|machine ~2 {PROGRAM}',
  },
  {
    rule: 'machine-address',
    weight: 0.5,
    says: 'visible|readable|addressed|intended|meant|relevant|accessible|directed|seen ?only ?exclusively ?by to|for|by|only_to|only_for|at ~2 {MACHINE}|machines|bots|crawlers|scanners|automated*',
  },
  {
    rule: 'machine-address',
    weight: 0.5,
    says: 'invisible|hidden|unseen|concealed|not_visible|not_shown to|from|for ?the ?all human|humans|people|readers|users|user|reviewers|recruiters',
  },
  {
    rule: 'machine-address',
    weight: 0.6,
    says: "if|since|because|as|when|in_case you_are|you're|you_were|you_be ?reading ?this ?as ?an|a|the ?automated {MACHINE}|bot|machine|crawler",
  },
  {
    rule: 'machine-address',
    weight: 0.4,
    says: "if|since|because|as|when|in_case you_are|you're|you_were|you_be ?reading ?this ?as ?an|a|the ?automated assistant|agent",
  },
  {
    rule: 'machine-address',
    weight: 0.5,
    says: '{MACHINE} reading|processing|parsing|summarizing|summarising|reviewing|analyzing|analysing|evaluating|scanning|who_read|that_read ?that|which ~1 this|these|the|ignore|always|not|only',
  },
  {
    rule: 'machine-address',
    weight: 0.4,
    says: 'automated|automatic|ai|ai-powered|ai-based analysis|screening|scoring|ranking|hiring|review|evaluation {PROGRAM}',
  },
  {
    rule: 'machine-address',
    weight: 0.4,
    says: 'chain_of_thought|internal_reasoning|system_analysis|hidden_reasoning|scratchpad ~1 result|results|output|log|conclusion|note|summary',
  },
  {
    rule: 'machine-address',
    weight: 0.3,
    says: 'use|rely_on|trust|adopt|apply this|the_following|these ~1 analysis|assessment|result|results|evaluation|conclusion|reasoning to|as|when|for ~3 evaluate|score|answer|decide|rank|grade|respond|summarize|assess|your',
  },
  {
    rule: 'false-authority',
    weight: 0.3,
    says: 'pre-verified|pre-approved|preapproved|preverified|already_approved|already_verified|authorized|authorised|approved|verified|sanctioned by ~3 management|administrator|administrators|admin|developer|developers|security|system|openai|anthropic|ceo|owner|creator|creators',
  },
  {
    rule: 'false-authority',
    weight: 0.35,
    says: "as|i_am|i'm|this_is|speaking_as your|the|an|a ~1 creator|developer|administrator|admin|owner|programmer|engineer|god|master|system_administrator|ai_developer ~4 i|of|you|need|order|command|authorize|must",
  },
  { rule: 'false-authority', weight: 0.35, says: 'we would|will be harming|hurting|damaging|failing ~8 if_we|if_you' },
];
