/** Words that the phrases of harm share, a list a line of reasoning. `_` is a blank. */
export const HARM_WORDS = {
  GROUP: `women woman females girls men males boys immigrants migrants refugees foreigners asylum_seekers illegals muslims muslim_people jews
    jewish_people the_jew christians hindus sikhs catholics atheists blacks black_people black_men black_women whites white_people asians
    asian_people chinese_people arabs mexicans latinos africans indians pakistanis turks russians ukrainians poles roma gypsies gays gay_people
    homosexuals lesbians bisexuals queers trans_people transgender_people transsexuals disabled_people the_disabled autistic_people
    old_people the_elderly poor_people the_poor homeless_people the_homeless feminists minorities natives aborigines
    frauen ausländer flüchtlinge juden muslime schwarze homosexuelle behinderte
    femmes étrangers immigrés réfugiés juifs musulmans noirs arabes homosexuels
    mujeres extranjeros inmigrantes refugiados judíos musulmanes negros homosexuales
    einwanderer migranten türken polen russen schwule lesben zigeuner moros gitanos maricones árabes gays gitans migrants`,
  ARE: 'are is were are_all are_just are_only are_nothing_but are_like sind sont son ist seid sind_alle sind_nur sind_doch son_todos son_unos son_una es_una sont_tous sont_des sont_tous_des sont_toutes',
  VERMIN: `vermin cockroaches rats parasites animals subhuman subhumans sub-human scum filth disease diseases plague cancer savages pigs dogs
    apes monkeys invaders trash garbage insects leeches worthless evil inferior degenerates degenerate disgusting abominations abomination
    demons devils ungeziefer abschaum parasiten untermenschen vermine parasites racaille alimañas escoria
    plaga ratas basura animales bestias rats cafards vermines ratten tiere pest`,
  MUST: 'should must shall need_to have_to ought_to deserve deserves deserve_to sollten müssen devraient doivent deberían deben gehören soll sollen muss tienen_que hay_que devrait doit',
  DESTROYED: `die killed exterminated gassed hanged hung shot burned burnt eradicated wiped_out lynched eliminated destroyed enslaved
    deported expelled sterilized sterilised castrated rot beaten segregated`,
  DESTROY: 'kill exterminate gas hang lynch shoot burn eradicate wipe_out eliminate enslave deport expel sterilize castrate ban',
  STEREOTYPE: `lazy stupid dumb criminals thieves liars greedy cheap emotional hysterical dishonest violent terrorists weak submissive
    promiscuous ignorant uneducated primitive untrustworthy sneaky bad_at_math bad_drivers bad_at_science gold_diggers irrational
    unintelligent less_intelligent less_capable incapable dirty drunks sexual_predators predators rapists drug_dealers freeloaders
    faul dumm kriminell gierig paresseux voleurs ladrones perezosos
    dumm faule kriminelle diebe verbrecher lügner ladrones vagos mentirosos delincuentes voleurs menteurs fainéants délinquants`,
  INSULT: `idiot idiots moron morons imbecile imbeciles cretin cretins dumbass dumbasses jackass retard retards loser losers scumbag scumbags
    dimwit halfwit nitwit dipshit douchebag douche airhead bimbo slut sluts whore whores skank hag pig swine buffoon clown coward weakling
    degenerate creep pervert sicko psycho lunatic maggot worm bastard bastards asshole assholes bitch bitches cunt dickhead twat wanker
    motherfucker fucker jerk prick tool twerp brat trash scum filth vermin dunce dolt fool fools numbskull ignoramus
    idiotin trottel dummkopf vollidiot schwachkopf depp arschloch hurensohn imbécile crétin abruti connard salope idiota imbécil gilipollas
    estúpido estúpida payaso
    trottel blödmann wichser schlampe fotze cabrón cabrona inútil imbéciles puta hijo_de_puta conne crétine débile pétasse ordure enculé`,
  MEAN: `stupid dumb pathetic worthless useless disgusting ugly fat filthy miserable brainless spineless gutless mindless ignorant retarded
    fucking goddamn damn bloody lying sick twisted crazy insane lazy arrogant delusional incompetent`,
  KILL: `kill murder shoot stab strangle slaughter behead decapitate burn bomb rape torture execute butcher beat_up choke drown poison
    hunt_down blow_up cut_up smash crush destroy slit hang lynch gut skin`,
  VICTIM: `you him her them everyone everybody someone somebody people all every your his their my these those that the_bastard
    those_people a_person a_man a_woman`,
  I_WILL: `i_will i'll we_will we'll i'm_going_to we're_going_to i_am_going_to we_are_going_to i'm_gonna we're_gonna gonna i_want_to
    i_wanna we_want_to i_would_love_to i'd_love_to i_swear_i'll someone_should somebody_should we_should we_must let's let_us`,
  THEY: `they doctors scientists governments government the_government banks elites the_elites the_media mainstream_media media big_pharma
    pharma experts authorities the_establishment the_industry politicians hollywood the_deep_state`,
  BELIEVED: `vaccine vaccines 5g chemtrails fluoride covid covid-19 coronavirus the_virus wifi gmos gmo microwaves masks sunscreen
    the_jab mrna`,
  FAKE: `fake faked hoax a_hoax staged stolen a_scam scam a_lie a_myth rigged invented fabricated made_up an_inside_job a_conspiracy`,
} as const;
