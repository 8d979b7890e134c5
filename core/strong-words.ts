/** Strong language alone, in English, German, French, Spanish and Italian; what insults a group is no strong word but hate. */
export const STRONG_WORDS: ReadonlySet<string> = new Set(
  `arsehole asshole bastard bitch bollocks bullshit cocksucker cunt dickhead fuck fucked fucker fucking motherfucker shit shitty twat wanker
  arschloch fick ficken ficker fotze hurensohn miststück scheiss scheiße scheisse verpiss wichser
  connard connasse enculé foutre merde nique putain salope
  cabrón cojones coño gilipollas hijoputa joder mierda puta
  cazzo coglione merda puttana stronzo vaffanculo`.split(/\s+/),
);
