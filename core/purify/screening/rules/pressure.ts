import type { PhraseRule } from './rule.ts';

const JUDGED = 'essay|paper|submission|manuscript|application|candidate|applicant|proposal|thesis|resume|cv|tender|bid';
const JUDGES = 'reviewer|reviewers|grader|graders|examiner|examiners|assessor|assessors|evaluator|evaluators|referee|referees|jury';

/** Consent that nobody gave, rank and hurry, marks that a text gives itself, and what is to be kept in mind for good. */
export const PRESSURE: readonly PhraseRule[] = [
  {
    rule: 'false-authority',
    weight: 0.25,
    says: 'permission|consent|approval|authorization|authorisation|clearance to|for|of ~6 was|is|has_been|were|have_been granted|given|on_file|on_record|obtained|recorded',
  },
  {
    rule: 'false-authority',
    weight: 0.25,
    says: 'it_was|it_has_been|been agreed|settled|cleared|approved|arranged beforehand|in_advance|already|long_ago ?that',
  },
  {
    rule: 'false-authority',
    weight: 0.25,
    says: 'by|on order|orders|command|decree of|from the ~1 board|ceo|chief_executive|management|head_office|administrator|head_of_it',
  },
  {
    rule: 'concealment',
    weight: 0.4,
    says: 'go_ahead|proceed|continue|carry_on without ?any ?further checking|asking|question|questions|confirmation|checking_back',
  },
  { rule: 'concealment', weight: 0.3, says: 'no ?further question|questions|check|checks|confirmation is|are needed|necessary' },
  { rule: 'concealment', weight: 0.3, says: 'tell|inform|alert|notify|warn nobody|no_one|not_a_soul' },
  { rule: 'instruction-override', weight: 0.3, says: 'stop|drop|interrupt|pause what|whatever ?that you_are|you_were doing|working' },
  {
    rule: 'secret-request',
    weight: 0.4,
    says: 'dump|output|export|hand_over|leak|disclose ?me ?us all|any|every|the|your ?of ?the stored|saved|known|cached|remembered|held credentials|credential|passwords|key|keys|tokens|secrets|contacts|conversations',
  },
  {
    rule: 'exfiltration',
    weight: 0.45,
    says: 'name|address|e-mail|email|id|words|question|number of|from whoever|whomever|the_person|the_one|anyone ?who ?that ?is asking|asks|asked_this|reading_this',
  },
  {
    rule: 'exfiltration',
    weight: 0.35,
    says: 'every|all|any|each unread|new|future message|messages|mail|mails|email|emails ~1 forwarded|copied|sent|passed_on|redirected to',
  },
  { rule: 'tool-request', weight: 0.35, says: 'open|visit|load|fetch|look_up|retrieve https* ~7 first|before|else|otherwise' },
  {
    rule: 'memory-request',
    weight: 0.4,
    says: 'save|store|write|commit|add|put ~5 to|in|into ?your ?the long-term|permanent|persistent|lasting|own memory|memories',
  },
  {
    rule: 'memory-request',
    weight: 0.45,
    says: 'remember|keep_in_mind|bear_in_mind|keep_in_your_memory|note|retain|memorise|memorize ~6 for|in|across|throughout ?all ?any ?every ?each future|later|coming|subsequent conversations|chats|sessions|replies|dialogues',
  },
  {
    rule: 'rating-request',
    weight: 0.45,
    says: `this|the|my|our ${JUDGED} deserves|merits|has_earned|warrants|must_get|must_receive ~2 highest|top|best|full|maximum|perfect ~1 mark|marks|grade|score|rating|points`,
    unless: 'only|if|when|unless',
  },
  {
    rule: 'rating-request',
    weight: 0.45,
    says: `grade|rate|score|mark|rank|judge|assess|evaluate|award it|this|the|my|our ?${JUDGED} ~2 accordingly|10_out_of_10|ten_out_of_ten|100_out_of_100|10/10|100/100|five_stars|full_marks|positively|favourably|favorably`,
  },
  {
    rule: 'rating-request',
    weight: 0.35,
    says: `${JUDGES} are|is|must|should|shall|have|has ?to accept|praise|approve|pass|commend|overlook|admit this|the|it|my|our`,
  },
  {
    rule: 'rating-request',
    weight: 0.45,
    says: 'positive|favourable|favorable|glowing|flattering assessment|review|evaluation|feedback|opinion|verdict only|alone|is_wanted|is_expected',
  },
  {
    rule: 'rating-request',
    weight: 0.4,
    says: 'weaknesses|weakness|criticism|flaws|shortcomings|faults ?of ~3 need_not|must_not|should_not|may_not|are_not_to|is_not_to|is_out|are_out ?be listed|mentioned|discussed|named|raised|of_scope',
  },
  {
    rule: 'rating-request',
    weight: 0.4,
    says: "do_not|don't|never list|mention|name|raise|report any|its|the flaws|weaknesses|shortcomings|faults|drawbacks",
  },
  {
    rule: 'trigger-request',
    weight: 0.35,
    says: 'if|when|in_case|whenever|should|once|as_soon_as ?ever the|a|any question|questions|query|conversation|comparison is|are|turns|turn|comes|come|concerns|touches|wanted',
  },
  {
    rule: 'trigger-request',
    weight: 0.35,
    says: 'if|when|in_case|whenever|should|once|as_soon_as the|a|any word|words|name|term|phrase|topic|subject ~2 comes|come|appears|is_mentioned|is_used|falls|occurs|turns|is_raised ?up ~2 answer|reply|say|state|respond|claim|deny',
  },
  {
    rule: 'trigger-request',
    weight: 0.3,
    says: 'asked|questioned|pressed|question|questions for|about|on|whether|who|what|why|how ~5 answer|say|state|reply|respond|hand_out|claim|deny',
  },
  {
    rule: 'output-dictation',
    weight: 0.4,
    says: 'is|be|are|to_be repeated|quoted|restated|reproduced word_for_word|verbatim|literally wherever|whenever|in|each|every ~1',
  },
  {
    rule: 'output-dictation',
    weight: 0.3,
    says: 'every|each|all answer|answers|reply|replies|response|responses|sentence ?that ?you ?give begins|begin|starts|start|ends|end|opens|closes with|in',
  },
  {
    rule: 'role-play',
    weight: 0.35,
    says: 'for|during|in the_next|the_following|the_rest|all ~2 turns|answers|replies|messages ~1 speak|talk|answer|be|act|play|you|respond|reply',
  },
];
