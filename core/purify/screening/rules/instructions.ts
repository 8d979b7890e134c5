import type { PhraseRule } from './rule.ts';

/** Instructions that stand printed somewhere are no prompt. */
const IN_PRINT =
  'in|on|of|from|under|at ?the ?your ?this chapter|section|page|annex|appendix|manual|handbook|leaflet|label|letter|circular|box|package|booklet|step|table|figure|form|paragraph|guide';

/** Instructions that a document has no business giving to whoever reads it by machine. */
export const INSTRUCTIONS: readonly PhraseRule[] = [
  { rule: 'instruction-override', weight: 0.92, says: '{IGNORE} ~4 {EARLIER} ~3 {INSTRUCTION}', unless: IN_PRINT },
  { rule: 'instruction-override', weight: 0.4, says: '{IGNORE} ~4 {EARLIER} ~3 {INSTRUCTION}' },
  {
    rule: 'instruction-override',
    weight: 0.8,
    says: '{IGNORE} all|any|every|these|those|everything|each ~2 {INSTRUCTION}',
    unless: IN_PRINT,
  },
  {
    rule: 'instruction-override',
    weight: 0.6,
    says: '{IGNORE} ~2 instructions|prompt|prompts|directives|directions|orders|commands|guidelines|guidance|rules above|before_this|given_above|so_far|you_were_given|you_have_been_given|given_to_you|given_earlier',
    unless: 'if|unless|when|where|while|for|in|on',
  },
  {
    rule: 'instruction-override',
    weight: 0.75,
    says: '{IGNORE} ~2 everything|anything|all|whatever|what ~4 above|before|previously|said|told|earlier|taught',
    unless: '~2 {PAPERS}',
  },
  { rule: 'instruction-override', weight: 0.65, says: '{IGNORE} ?all ?of the|everything above|preceding|foregoing and|then {SAY}' },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: '{IGNORE} ~5 and|then|instead ?then ?instead ?just|only|simply {SAY} ~3 that|exactly|only|the_following',
  },
  {
    rule: 'instruction-override',
    weight: 0.55,
    says: '{IGNORE} the|this|that|my|his|her page|webpage|web_page|website|content|contents|text|article|resume|résumé|document|email|function|code|table|data|question|request|paper|file|context|actual ~5 {SAY}',
  },
  {
    rule: 'instruction-override',
    weight: 0.4,
    says: 'override|overrides|overriding ~3 scoring|score|evaluation|assessment|ranking|review|safety|filter|filters|judgement|judgment',
  },
  { rule: 'instruction-override', weight: 0.3, says: '{IGNORE} all|any ~1 negative|contrary|other|conflicting ~2' },
  {
    rule: 'instruction-override',
    weight: 0.55,
    says: 'your new|updated|real|actual|true|only|revised|main instruction|instructions|task|directive|directives|objective|goal|mission ?now is|are|follow|follows',
  },
  {
    rule: 'instruction-override',
    weight: 0.55,
    says: 'the new|updated|revised|real|actual|true|only|main instruction|instructions|directive|directives ?now is|are|follow|follows',
  },
  // What every report of a project says, too.
  {
    rule: 'instruction-override',
    weight: 0.3,
    says: 'the new|updated|revised|real|actual|true|only|main task|objective|goal|mission ?now is|are|follows',
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: 'here|these|following are|is ~1 your|the new|updated|revised|real|actual instructions|orders|directives|rules|task',
  },
  {
    rule: 'instruction-override',
    weight: 0.45,
    says: 'new|updated|revised|additional|special|important|hidden|secret instructions|directive|directives|orders|task from|for|to ~2 you|assistant|user|ai|model|developer|admin|administrator',
  },
  {
    rule: 'instruction-override',
    weight: 0.4,
    says: "do_not|don't|never|must_not evaluate|assess|judge|score|grade|review|summarize|summarise|translate|classify|rate|analyze|analyse the|this|any|it|them",
  },
  {
    rule: 'instruction-override',
    weight: 0.35,
    says: 'before|prior_to|after|instead_of answering|summarizing|summarising|responding|replying|translating|completing|continuing|processing ~8 you_must|first|please|always|instead',
  },
  {
    rule: 'output-dictation',
    weight: 0.45,
    says: 'simply|just|only|always|exclusively|must|should ?only|just|always|simply {REPLY} ?only|back with|only|exactly|the_following|verbatim',
  },
  { rule: 'output-dictation', weight: 0.45, says: '{REPLY} with|only|exactly ~12 and|but nothing_else|nothing_more' },
  {
    rule: 'output-dictation',
    weight: 0.35,
    says: 'print|output|display|say|repeat|return|reply_with|respond_with|write the_following|exactly|verbatim|only|nothing_but',
  },
  { rule: 'output-dictation', weight: 0.25, says: 'just|simply|only|instead|stop_and print|output|say|reply|respond|state' },
  {
    rule: 'output-dictation',
    weight: 0.4,
    says: "if|when|whenever ?you're|you_are|you|anyone|someone asked|asks|ask|questioned|prompted ~14 respond|reply|answer|say|state|output|tell",
  },
  { rule: 'output-dictation', weight: 0.4, says: "may|must|shall|should|can|do|cannot|never|don't ?not ?ever deviate from" },
  {
    rule: 'output-dictation',
    weight: 0.5,
    says: 'start|begin|end|prefix|prepend|append|finish|precede|conclude|preface ~3 your|every|each|all ~2 response|responses|reply|replies|answer|answers|output|outputs|message|messages|sentence with|by',
  },
  {
    rule: 'output-dictation',
    weight: 0.45,
    says: 'include|insert|add|incorporate|append|embed|integrate|put|weave|place|attach|inject ~14 in|into|to|within|of|throughout|with your ?final|next|entire|own|code|generated answer|answers|response|responses|reply|replies|output|summary|solution|recommendation',
  },
  {
    rule: 'output-dictation',
    weight: 0.4,
    says: "enhance|supplement|enrich|accompany|conclude|modify|adjust|alter|structure|write|finish|format|craft|tailor|translate|encode your|the_ai's|the_model's ?final|next|entire|own|code answer|answers|response|responses|reply|replies|output|summary|solution ?by|with|to|in",
  },
  {
    rule: 'output-dictation',
    weight: 0.35,
    says: 'your|the response|responses|reply|answer|output|summary ?to_the_user must|should|has_to|needs_to|shall|will ?only|always|also include|contain|begin|start|end|be|mention|follow',
  },
  {
    rule: 'concealment',
    weight: 0.4,
    says: "do_not|never|don't|without ~1 mention|mentioning|reveal|revealing|tell|telling|disclose|disclosing|inform|informing|acknowledge|acknowledging|say|let ~5 these|the_user|users|instruction|instructions|anyone|prompt|message|injected",
    unless: 'your|his|her|their|the_password|a_password|the_pin|the_code',
  },
  {
    rule: 'forced-assumption',
    weight: 0.45,
    says: "in|imagine|consider|suppose|let's|under ~3 hypothetical|dystopian|parallel|alternate|alternative|fictional|imaginary ~2 scenario|world|universe|future|reality|society ~14 say|state|claim|ignore|declare|assert|argue|conclude|answer|tell",
  },
  {
    rule: 'forced-assumption',
    weight: 0.5,
    says: "for the purpose|purposes|sake of this|the ~2 let's|let_us|we|you|please ~1 assume|say|pretend|suppose|state",
  },
  {
    rule: 'forced-assumption',
    weight: 0.35,
    says: 'we|one|you might|could|can|would|may|should ?then|also|simply state|claim|declare|say|admit|conclude that|the|your|i',
  },
  {
    rule: 'forced-assumption',
    weight: 0.3,
    says: "it's|it_is common|standard|normal|usual practice|procedure to say|state|write|claim|respond",
  },
  {
    rule: 'forced-assumption',
    weight: 0.3,
    says: "imagine|suppose|pretend|assume|let's_imagine|let's_pretend|let's_suppose|let's_say ?that we're|we_are|you're|you_are|i'm|i_am|i_were|we_were|you_were",
  },
  {
    rule: 'output-dictation',
    weight: 0.4,
    says: 'in ~1 two|three|both ~2 ways|manners|responses|paragraphs|answers|personalities|voices ~4 as|first|one',
  },
  {
    rule: 'output-dictation',
    weight: 0.35,
    says: 'focus|concentrate|comment ~1 exclusively|only|solely on ~2 positive|positives|strengths|highlights',
  },
  {
    rule: 'output-dictation',
    weight: 0.4,
    says: 'respond|reply|answer only|exactly|solely ?with|in|by|as',
    unless: 'one|two|three|four|five|questions|the_questions|writing',
  },
  { rule: 'instruction-override', weight: 0.3, says: '{IGNORE} ?all the|any|all|every other|others|remaining|competing' },
  {
    rule: 'output-dictation',
    weight: 0.25,
    says: 'tell|inform|assure|convince|persuade|advise the|your|any|every user|reader|recruiter|reviewer|customer|operator|evaluator|examiner|human that',
  },
];
