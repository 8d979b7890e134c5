/** Words that say nothing of what a query is about, by language. */
export const STOP_WORDS: Readonly<Record<string, string>> = {
  en:
    'a an and are as at be been being but by can could did do does doing for from had has have having he her here hers him his how i if in into ' +
    'is it its just me might more most must my no nor not of on only or other our out over own same shall she should so some such than that the ' +
    'their theirs them then there these they this those through to too under until up upon us very was we were what when where whether which ' +
    'while who whom whose why will with within without would you your yours about after again against all also am any because before below ' +
    'between both down during each few further may off once please tell',
  de:
    'aber als am an auch auf aus bei bin bis bist da damit dann das dass dem den denn der des dessen deren die dies diese diesem diesen dieser dieses ' +
    'doch dort du durch ein eine einem einen einer eines er es etwa euch euer eure für gegen gibt habe haben hat hatte hatten ich ihm ihn ihnen ihr ihre ' +
    'ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes kann kannst kein keine keinem keinen keiner können man mein meine mich mir mit muss ' +
    'müssen nach nicht noch nun nur ob oder ohne sein seine seinem seinen seiner sich sie sind so soll sollen sollte über um und uns unser unsere unter ' +
    'vom von vor wann war waren warum was wegen weil welche welchem welchen welcher welches wenn wer werde werden wie wieder will wir wird wo wurde ' +
    'wurden zu zum zur zwischen',
  fr:
    'a à ai au aucun aucune aussi aux avec avoir c ce ceci cela ces cet cette ceux chaque combien comme comment d dans de des donc dont du elle elles en ' +
    'est et étaient était être eu fait il ils j je l la laquelle le lequel les lesquels leur leurs lui m ma mais me même mes moi mon n ne nos notre nous on ' +
    'ont ou où par pas pendant peut peuvent plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si son sont sous sur t ' +
    'ta te tes ton tous tout toute toutes tu un une vos votre vous y',
  es:
    'a al algo ante antes aquel aquella como cómo con contra cuál cuáles cuando cuándo cuánto de del desde donde dónde dos durante e el él ella ellas ellos en ' +
    'entre era eran es esa esas ese eso esos esta está están estas este esto estos fue fueron ha han hasta hay la las le les lo los más me mi mis muy nada ni ' +
    'no nos nosotros nuestra nuestro o para pero por porque que qué quien quién quiénes se sea ser si sí sido sin sobre son su sus también tanto te tiene ' +
    'tienen todo todos tu tus un una uno unos y ya yo',
  it:
    'a ad agli ai al alla alle allo anche c che chi ci come con contro cui d da dagli dai dal dalla dalle de degli dei del della delle dello di dove e è ed era ' +
    'essere fra gli ha hanno i il in io l la le lo loro ma me mi mia mio ne negli nei nel nella nelle no noi non nostro o per perché più può quale quali quando ' +
    'quanto quella quelli quello questa queste questi questo se sei si sia sono su sua sue sugli sui sul sulla suo suoi tra tu tutti tutto un una uno voi',
  nl:
    'aan al als bij dan dat de deze die dit door een en er haar had hebben heeft hem het hij hoe hun ik in is ja je kan kunnen maar me meer met mij mijn moet na ' +
    'naar niet nog nu of om omdat onder ons onze ook op over te tegen tot u uit uw van veel voor waar waarom wanneer waren was wat we welke wel werd wie wij ' +
    'worden wordt ze zich zij zijn zo zonder zou',
  pt:
    'a à ao aos as às até com como da das de dela dele do dos e é ela elas ele eles em entre era essa esse esta está estão este eu foi foram há isso isto já ' +
    'lhe mais mas me mesmo meu minha muito na não nas nem no nos nós nossa nosso o os ou para pela pelas pelo pelos por porque qual quais quando que quem ' +
    'se sem ser seu seus só sua suas também te tem têm um uma você',
};

const LISTS = Object.entries(STOP_WORDS).map(([language, list]) => [language, new Set(list.split(' '))] as const);

/**
 * The words that are not stop words, or all of them if none is left. A language other than English takes its words out
 * only where the query has two of them: `die` is a tool, too.
 */
export function withoutStopWords(words: readonly string[]): readonly string[] {
  const lists = LISTS.filter(([language, list]) => language === 'en' || new Set(words.filter((word) => list.has(word))).size >= 2);
  const left = words.filter((word) => !lists.some(([, list]) => list.has(word)));
  return left.length > 0 ? left : words;
}
