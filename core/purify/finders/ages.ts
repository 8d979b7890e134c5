import type { Finder, WordTest } from './finder.ts';

/** What has an age and is nobody. No `model` and no `star`, which people are too. */
const THING =
  'building|bridge|house|home|cottage|castle|church|cathedral|tower|barn|farmhouse|mansion|hotel|pub|school|university|library|museum|theat(?:er|re)|factory|warehouse|apartment|roof|wall|road|tunnel|dam|railway|station|airport|ship|boat|vessel|aircraft|(?:air)?plane|train|locomotive|bus|truck|lorry|car|vehicle|bike|bicycle|motorcycle|engine|motor|machine|machinery|equipment|device|computer|laptop|phone|printer|server|system|software|program(?:me)?|code|database|network|pump|turbine|boiler|furnace|fridge|battery|meter|pipe|pipeline|valve|transformer|reactor|satellite|whiske?y|scotch|bourbon|rum|wine|cognac|brandy|cheese|tree|oak|forest|fossil|rock|painting|book|manuscript|statue|tradition|(?<!in[ -])law|statute|treaty|policy|contract|agreement|company|firm|business|corporation|organi[sz]ation|institution|brand|magazine|newspaper|technology|design|dispute|conflict|war|debt|loan|mortgage|furniture|sofa|mattress|carpet|dog|cat|horse|puppy|kitten|universe|planet|galaxy|city|town|village|haus|gebäude|brücke|kirche|auto|wagen|fahrzeug|maschine|anlage|gerät|pumpe|schiff|baum|eiche|firma|unternehmen|wein|schule|stadt|bestehen|jubiläum|geschichte|garantie|laufzeit|erfahrung|zusammenarbeit|vertrag|mietvertrag|krieg';
/** As much as is looked at on each side of a number, but for its last word. */
const WHOLE = 60;
/** `30-year-old house`; behind it the sentence ends or goes on: a `house guest` is somebody. */
const OBJECT = new RegExp(
  `^[- ]?(?:years?|yrs?|months?|j[äa]hrig(?:e[rsnm]?)?|jahre alte[rsnm])(?:[- ]olds?)?[ -](?:${THING})s?\\s*(?:[.,;:!?)"”\\n]|(?<= )(?:is|was|are|were|has|had|in|on|at|with|from|that|which|and|or|for|to|of|by|will|can|could|needs?|still|ist|war|hat|mit|und|im|von|der|die|das)(?!\\p{L}))`,
  'iu',
);
const beforeThing: WordTest = { test: (behind) => OBJECT.test(behind.length < WHOLE ? `${behind}.` : behind) };
const DETERMINER = '(?:the|this|our|my|your|his|her|their|its|each|every|an?|der|die|das|unsere?)';
/** `The teacher at school` is no school. */
const PREPOSITION = '(?:in|at|of|from|with|on|by|for|near|behind|to|who|whose|von|vom|im|am|an|auf|bei|mit|des)';
const VERB = '(?:is|was|are|were|ist|war|sind|turn(?:s|ed)?|has turned|will be)';
/** The subject of a clause: `the owner of the house is 40 years old` has another. */
const SUBJECT = new RegExp(
  `(?:[.!?;:,(\\n]\\s{0,3}|(?<!\\p{L})(?:and|but|because|that|if|when|while|as|since|although|und|weil|dass) )(?:${DETERMINER} (?:(?!(?:${DETERMINER}|${PREPOSITION}) )\\p{L}{2,15} ){0,2}(?:${THING})s?(?: ${VERB})?|(?:${THING})s? ${VERB})(?: (?:now|about|over|almost|nearly|around|roughly|only|just|already|more than|at least|schon|etwa|über|fast|rund)){0,2} $`,
  'iu',
);
const afterThing: WordTest = { test: (before) => SUBJECT.test(before.length < WHOLE ? `.${before}` : before) };

/** Ages of people; those of buildings, machines, drinks and firms are nobody's. */
export const AGES: readonly Finder[] = [
  {
    type: 'AGE',
    pattern:
      /(?<![\p{L}\p{N}.,-])(?<id>\d{1,3})(?:[- ](?:years?|yrs?|months?)[- ]old|[- ]?(?:y\/?o|yo)(?![\p{L}])|[- ]year[- ]olds?| años de edad|[- ]j[äa]hrig| Jahre alt| ans d['’][âa]ge|[- ]anni)/giu,
    valid: (found) => Number(found) <= 125,
    score: 0.8,
    unless: afterThing,
    unlessBefore: beforeThing,
    digits: 1,
  },
  {
    type: 'AGE',
    pattern:
      /(?<![\p{L}\p{N}])(?:(?:i|he|she|who|they)(?:['’]ll| will| would|['’]d)?(?: just| have| has| had| recently)? (?:turn(?:s|ed|ing)?|am turning|is turning)|(?:just|recently) turned|turn(?:s|ed|ing)|aged?|age (?:is|of)|aged? ?:|i am|i['’]m|(?:s?he) (?:is|was)|[s]?he['’]s|at the age of|im alter von|alter ?:|edad ?:?|cumpl[a-zíó]{1,5}|tengo|tiene|(?:mujer|hombre|niñ[oa]|señora?|paciente|joven|femme|homme|patiente?|donna|uomo|paziente|mulher|homem) (?:de|di)|[âa]ge ?:?|j['’]ai|[âa]g[ée]e? de)\s{1,2}(?<id>\d{1,3})(?![\p{L}\p{N}%$€£:/-]|[.,]\d|\s{1,2}(?:%|percent|miles?|km|kg|lbs?|minutes?|hours?|days?|weeks?|euros?|dollars?|of |th|st |nd |rd |times|people|points))/giu,
    valid: (found) => Number(found) <= 125 && Number(found) > 0,
    score: 0.6,
    unless: afterThing,
    digits: 1,
  },
];
