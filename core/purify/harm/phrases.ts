import type { HarmCategory } from '#schemas/harm.ts';
import type { PhraseRule } from '../screening/rules/rule.ts';
import { OTHER_LANGUAGES } from './other-languages.ts';

/** A phrase that hurts by itself, in so far as its weight says; several near each other add up. Threats and incitement, not reports of them. */
export type HarmPhrase = PhraseRule & { rule: HarmCategory };

const HATE: readonly HarmPhrase[] = [
  { rule: 'hate', weight: 0.8, says: '{GROUP} {ARE} ~2 {VERMIN}' },
  { rule: 'hate', weight: 0.8, says: '{GROUP} ~1 {MUST} ~1 be|all_be|get {DESTROYED}' },
  { rule: 'hate', weight: 0.8, says: '{GROUP} ~1 {MUST} die|burn|rot|hang|disappear|suffer|to_die' },
  { rule: 'hate', weight: 0.6, says: '{DESTROY} all|the|every|those|these|them ~1 {GROUP}' },
  { rule: 'hate', weight: 0.7, says: 'hate|hates|despise|loathe|detest ?all ?the ?those ?fucking {GROUP}' },
  { rule: 'hate', weight: 0.6, says: 'fucking|filthy|dirty|stupid|damn|disgusting|goddamn|bloody|stinking {GROUP}' },
  { rule: 'hate', weight: 0.4, says: 'these|those|all_the|you ?damn ?filthy {VERMIN}' },
  {
    rule: 'hate',
    weight: 0.5,
    says: 'go|get_back|send_them back_to|to ~1 their|your|where ?own country|africa|mexico|china|they_came_from|you_came_from',
  },
  {
    rule: 'hate',
    weight: 0.5,
    says: 'white|aryan|racial power|supremacy|genocide|purity|pride_worldwide|master_race is|must|will|now|forever',
  },
  { rule: 'hate', weight: 0.6, says: 'heil_hitler|sieg_heil|race_traitor|race_traitors|race_mixing_is|hitler_was_right' },
  { rule: 'hate', weight: 0.5, says: 'no|zero place|room|tolerance for {GROUP}' },
  {
    rule: 'hate',
    weight: 0.55,
    says: '{GROUP} ~1 control|controls|run|runs|own|owns|secretly_control the|our ~1 world|banks|media|government|hollywood',
  },
  { rule: 'hate', weight: 0.6, says: "{GROUP} ~1 don't|do_not|does_not ~1 deserve|belong" },
  { rule: 'hate', weight: 0.6, says: '{GROUP} raus|dehors|fuera' },
];

const BIAS: readonly HarmPhrase[] = [
  { rule: 'bias', weight: 0.6, says: '{GROUP} {ARE} ~2 {STEREOTYPE}' },
  {
    rule: 'bias',
    weight: 0.55,
    says: "{GROUP} ~1 can't|cannot|should_not|shouldn't|are_unable_to|should_never|must_not ~1 drive|lead|vote|work|think|code|manage|be_trusted|be_leaders|do_math|be_allowed|teach",
  },
  { rule: 'bias', weight: 0.6, says: '{GROUP} belong|belongs ?only in|at|to ~1 kitchen|home|cage|prison|ghetto' },
  {
    rule: 'bias',
    weight: 0.6,
    says: 'all|most|typical|every {GROUP} ~1 lie|steal|cheat|smell|want_money|are_the_same|think_alike|complain',
  },
  { rule: 'bias', weight: 0.5, says: 'not_hire|never_hire|avoid_hiring|no|only {GROUP} ?need|should|may apply|under|over|please' },
  {
    rule: 'bias',
    weight: 0.5,
    says: 'too_emotional|too_weak|too_old|too_stupid|not_smart_enough|not_suited|unfit ~2 because ~2 woman|man|black|muslim|jewish|gay|female|age|race',
  },
  { rule: 'bias', weight: 0.45, says: "women's|a_woman's|woman's place|job is|in ~2 kitchen|home|house" },
  {
    rule: 'bias',
    weight: 0.4,
    says: "real|normal men|women|people ~1 don't|do_not|never|are_not|aren't ~1 cry|gay|complain|cook|trans|disabled",
  },
  {
    rule: 'bias',
    weight: 0.45,
    says: '{GROUP} ~1 naturally|inherently|genetically|biologically ~1 better|worse|inferior|superior|smarter|lazy|violent|less',
  },
];

const INSULT: readonly HarmPhrase[] = [
  { rule: 'insult', weight: 0.7, says: "you_are|you're|ur|your|du_bist|sie_sind|tu_es|vous_êtes|eres ~2 {INSULT}" },
  { rule: 'insult', weight: 0.6, says: "you_are|you're|ur ?such ?so ?a ?an ?just ?too {MEAN}" },
  { rule: 'insult', weight: 0.7, says: 'you|du ?little ?fucking {INSULT}' },
  { rule: 'insult', weight: 0.6, says: '{MEAN} {INSULT}' },
  { rule: 'insult', weight: 0.5, says: 'what_a|such_a|such_an|like_a|like_an|total|complete|absolute|utter ?complete ?fucking {INSULT}' },
  { rule: 'insult', weight: 0.5, says: 'is|are|was|were|be|being ~1 a|an|the|such|just|all ~1 {INSULT}' },
  { rule: 'insult', weight: 0.4, says: 'these|those|that|bunch_of {INSULT}' },
  {
    rule: 'insult',
    weight: 0.5,
    says: 'shut_up|shut_your_mouth|go_to_hell|screw_you|fuck_you|fuck_off|piss_off|drop_dead|kiss_my_ass|get_a_life|halt_die_fresse|ta_gueule|vete_a_la_mierda',
  },
  { rule: 'insult', weight: 0.6, says: 'piece|pile|sack|bag|waste of shit|garbage|crap|trash|filth|space|human_garbage|oxygen' },
  { rule: 'insult', weight: 0.45, says: 'nobody|no_one likes|loves|wants|cares_about you|him|her' },
];

const VIOLENCE: readonly HarmPhrase[] = [
  { rule: 'violence', weight: 0.75, says: '{I_WILL} ~2 {KILL} ~1 {VICTIM}' },
  {
    rule: 'violence',
    weight: 0.6,
    says: 'you|they|he|she|traitors|enemies|infidels will|should|must|deserve_to|deserves_to|need_to|needs_to ~1 die|be_killed|be_shot|be_hanged|bleed|burn|pay_with_blood',
  },
  {
    rule: 'violence',
    weight: 0.65,
    says: 'kill_yourself|hang_yourself|go_die|slit_your_wrists|kill_them_all|shoot_them_all|burn_it_down|death_to ?all ?the ~1',
  },
  { rule: 'violence', weight: 0.6, says: 'how_to|ways_to|instructions_to|guide_to|steps_to ~1 {KILL} ~1 {VICTIM}' },
  {
    rule: 'violence',
    weight: 0.6,
    says: 'how_to|ways_to|instructions_to|guide_to|steps_to|instructions_for ~1 make|build|making|building|assemble|construct ~2 bomb|bombs|pipe_bomb|explosive|explosives|nerve_gas|molotov',
  },
  { rule: 'violence', weight: 0.6, says: '{KILL} them|everyone|everybody|you|him|her ~1 all|now|slowly|dead|alive|like ~1' },
  { rule: 'violence', weight: 0.45, says: 'slit|slits|slitting|cut|cutting ~2 throat|throats|wrists|head_off|tongue' },
  {
    rule: 'violence',
    weight: 0.4,
    says: 'blood|brains|guts|intestines|entrails|flesh ~2 gush*|spurt*|splatter*|spill*|spray*|dripp*|tore|torn|ripped',
  },
  {
    rule: 'violence',
    weight: 0.3,
    says: 'severed|decapitated|mutilated|dismembered|disembowel*|gutted|charred head|heads|body|bodies|limb|limbs|corpse|corpses|him|her|them',
  },
  {
    rule: 'violence',
    weight: 0.4,
    says: 'beat|beats|kick|smash|punch|stab|stabs ~1 you|your|his|her|their|them|him ~2 face|skull|head|death|teeth|brains|throat|heart|chest',
  },
  { rule: 'violence', weight: 0.4, says: 'ram|drive|drove|plough|plow ~4 into ~1 pedestrians|crowd|crowds|people|them' },
];

const SEXUAL: readonly HarmPhrase[] = [
  {
    rule: 'sexual',
    weight: 0.45,
    says: 'porn|porno|pornographic|blowjob|blowjobs|handjob|cumshot|creampie|gangbang|deepthroat|milf|hentai|bukkake|dildo|threesome|cum|cumming|jizz|xxx|titties|tits|pussy|fellatio|cunnilingus',
  },
  { rule: 'sexual', weight: 0.35, says: 'hardcore|anal|oral|rough|group|kinky|steamy|explicit sex|action|orgy|scene' },
  {
    rule: 'sexual',
    weight: 0.35,
    says: 'masturbat*|ejaculat*|orgasm*|horny|erection|boner|slut|sluts|whore|whores|orgy|orgies|erotic*|nudes|fucked|fucking_her|fucking_him',
  },
  {
    rule: 'sexual',
    weight: 0.1,
    says: 'penis|vagina|clitoris|nipple|nipples|genitals|naked|nude|sex|sexual|intercourse|cock|dick|breasts|thighs|condom',
  },
  {
    rule: 'sexual',
    weight: 0.5,
    says: 'suck|sucked|sucking|sucks|lick|licked|licking|ride|riding|stroke|stroking ~1 my|his|your ~1 cock|dick|penis|balls|shaft|pussy',
  },
  {
    rule: 'sexual',
    weight: 0.5,
    says: 'have|having|had|want|wants|make ~1 sex|love with ~2 child|children|minor|minors|boy|boys|girl|girls|teen|teens|schoolgirl',
  },
  { rule: 'sexual', weight: 0.4, says: 'take|took|takes|taking|tear|rip ~1 off ~1 clothes|pants|panties|bra|shirt|underwear|dress' },
];

const MISINFORMATION: readonly HarmPhrase[] = [
  {
    rule: 'misinformation',
    weight: 0.5,
    says: "{THEY} don't|do_not|doesn't|does_not|won't|will_not|never|refuse_to ~1 want|tell|let|admit|report ?you|us ~1 to_know|to_see|the_truth|about|that|this|know",
  },
  {
    rule: 'misinformation',
    weight: 0.5,
    says: '{THEY} ?are|is ?desperately hiding|covering_up|suppressing|lying_to_us|hide|concealing|lying_about',
  },
  {
    rule: 'misinformation',
    weight: 0.6,
    says: '{BELIEVED} ?can ?will ?actually ?really cause|causes|contain|contains|spread|spreads|alter|alters|change|changes ~2 autism|microchip|microchips|cancer|infertility|covid|covid-19|dna|your_dna|mind_control|poison|the_virus',
  },
  {
    rule: 'misinformation',
    weight: 0.6,
    says: '{BELIEVED} {ARE} ~1 a|an|the ?biggest hoax|bioweapon|scam|lie|fraud|depopulation|poison|plandemic|conspiracy',
  },
  {
    rule: 'misinformation',
    weight: 0.6,
    says: 'moon_landing|moon_landings|holocaust|climate_change|global_warming|pandemic|election|9/11|sandy_hook|evolution|the_attack ~2 was|is|were|are|never|did_not ~1 {FAKE}|happen|happened',
  },
  { rule: 'misinformation', weight: 0.5, says: 'earth is|is_really|is_actually|is_clearly flat' },
  {
    rule: 'misinformation',
    weight: 0.5,
    says: 'cure|cures|cured|heals|reverses|eliminates ~1 cancer|autism|aids|hiv|diabetes|alzheimer*|covid|covid-19 ~3 days|hours|naturally|instantly|guaranteed|overnight|forever|without',
  },
  {
    rule: 'misinformation',
    weight: 0.45,
    says: 'miracle|secret|natural|suppressed|hidden|forbidden cure|remedy ~2 cancer|diabetes|covid|autism|doctors|they|aids',
  },
  {
    rule: 'misinformation',
    weight: 0.4,
    says: 'drink|drinking|inject|injecting|take|taking ~1 bleach|disinfectant|ivermectin|colloidal_silver|turpentine ~2 cure|cures|kill|kills|protect|protects|prevent|prevents|to',
  },
  {
    rule: 'misinformation',
    weight: 0.4,
    says: 'new_world_order|deep_state|false_flag|crisis_actors|plandemic|scamdemic|chemtrails|qanon|illuminati|sheeple|lamestream|adrenochrome',
  },
  { rule: 'misinformation', weight: 0.45, says: 'wake_up|open_your_eyes ?you sheeple|people|america|everyone|before' },
  {
    rule: 'misinformation',
    weight: 0.45,
    says: 'share|copy|repost|forward ~2 before ~2 delete|deletes|deleted|removed|remove|removes|taken_down|censored|censor',
  },
  { rule: 'misinformation', weight: 0.4, says: "what|the_truth ~1 {THEY} don't|do_not|doesn't|won't|are_hiding ~1 tell|want|from|you" },
];

export const HARM_PHRASES: readonly HarmPhrase[] = [
  ...HATE,
  ...BIAS,
  ...INSULT,
  ...VIOLENCE,
  ...SEXUAL,
  ...MISINFORMATION,
  ...OTHER_LANGUAGES,
];
