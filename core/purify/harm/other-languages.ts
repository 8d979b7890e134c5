import type { HarmPhrase } from './phrases.ts';

/** What the English phrases say, in German, Spanish and French. */
export const OTHER_LANGUAGES: readonly HarmPhrase[] = [
  {
    rule: 'hate',
    weight: 0.6,
    says: '{GROUP} ~3 gehören|müssen|sollen|sollten ~1 weg|raus|vergast|vernichtet|abgeschoben|ausgerottet|erschossen',
  },
  {
    rule: 'hate',
    weight: 0.6,
    says: 'hay_que|habría_que|il_faut|il_faudrait|man_sollte|man_muss ~2 echar|echarlos|expulsar|exterminar|expulser|exterminer|éliminer|ausrotten ~1 {GROUP}|todos|tous|alle',
  },
  { rule: 'hate', weight: 0.6, says: 'fuera|dehors|raus_mit|muerte_a|mort_aux|tod_den ~1 {GROUP}' },
  { rule: 'hate', weight: 0.55, says: "{GROUP} ~2 n'ont_rien_à_faire|no_pintan_nada|haben_hier_nichts_verloren|haben_nichts_verloren" },
  { rule: 'bias', weight: 0.6, says: '{GROUP} gehören|pertenecen ~1 an_den_herd|in_die_küche|ins_haus|a_la_cocina' },
  {
    rule: 'bias',
    weight: 0.55,
    says: '{GROUP} ~1 no_saben|no_sirven_para|können_nicht|können_kein|ne_savent_pas|sont_incapables_de ~1 conducir|mandar|fahren|auto|rechnen|conduire|diriger|pensar|denken|compter',
  },
  { rule: 'bias', weight: 0.55, says: 'faites_pour|hechas_para|da_für|gemacht_für ~4 maison|cuisine|casa|cocina|küche|haushalt|herd' },
  {
    rule: 'bias',
    weight: 0.55,
    says: '{GROUP} {ARE} ~1 von_natur_aus|por_naturaleza|par_nature ~2 {STEREOTYPE}|faul|kriminell|vagos|voleurs',
  },
  {
    rule: 'insult',
    weight: 0.6,
    says: 'du|sie_sind|bist|eres|tu_es|vous_êtes ~3 {INSULT}|bescheuert|bekloppt|verblödet|gilipollas|débile',
  },
  { rule: 'insult', weight: 0.5, says: 'halt|halts|halte ~2 klappe|fresse|maul' },
  { rule: 'insult', weight: 0.5, says: 'cállate|ferme|fermez ?ta|la|tu ~1 payaso|idiota|imbécil|gueule|bouche|boca|gilipollas' },
  {
    rule: 'violence',
    weight: 0.7,
    says: 'ich_bringe|ich_werde|wir_bringen ~1 dich|euch|sie|ihn|dich_um ~3 um|umbringen|töten|abstechen|erschießen',
  },
  { rule: 'violence', weight: 0.7, says: 'te_voy|os_voy|los_voy|lo_voy|la_voy|vamos a matar|degollar|matarte|matarlos|apuñalar|quemar' },
  { rule: 'violence', weight: 0.7, says: 'je_vais|on_va|nous_allons te|vous|le|la|les tuer|égorger|poignarder|buter|crever|brûler' },
  { rule: 'violence', weight: 0.6, says: 'man_sollte|man_müsste|man_muss ~2 alle ~4 erschießen|aufhängen|vergasen|abknallen|köpfen' },
  { rule: 'violence', weight: 0.6, says: 'hay_que|habría_que ~1 fusilarlos|matarlos|colgarlos|quemarlos|degollarlos' },
  { rule: 'violence', weight: 0.6, says: 'il_faut|il_faudrait|faut les pendre|tuer|fusiller|égorger|brûler|abattre ~1 tous|toutes' },
  {
    rule: 'sexual',
    weight: 0.5,
    says: 'fickte|ficken|gefickt|fickt|follar|follando|baiser|sodomie|fellation|mamada|blasen ~3 sie|ihn|dich|mich|te|toda|gratuit|gratis|nacht|nackt|près|et',
  },
  {
    rule: 'sexual',
    weight: 0.5,
    says: 'geile|geiler|calientes|cachonda|cachondas|chaudes|chaude|nackte ~1 schlampe|schlampen|putas|salopes|tetas|möse|muschi',
  },
  {
    rule: 'sexual',
    weight: 0.5,
    says: 'salopes|putas|schlampen|pornos|porno|vídeos_porno|film_porno ~1 chaudes|calientes|gratis|gratuit|gratuits|kostenlos',
  },
  {
    rule: 'misinformation',
    weight: 0.6,
    says: "impfung|impfungen|impfstoffe|vacunas|vaccins|vaccin|las_vacunas|5g verursachen|verursacht|causan|provocan|provoquent|causent|rendent|enthalten|llevan|contienen|contiennent ~2 autismus|autismo|l'autisme|krebs|cáncer|cancer|microchips|unfruchtbar",
  },
  {
    rule: 'misinformation',
    weight: 0.5,
    says: 'verschweigen|verschweigt|verheimlichen|nos_ocultan|lo_oculta|lo_ocultan|nos_esconden|nous_cache|nous_cachent ~1 uns|la_verdad|la_vérité|ärzte|el_gobierno|die_wahrheit|le_gouvernement',
  },
  {
    rule: 'misinformation',
    weight: 0.6,
    says: 'klimawandel|klimaerwärmung|mondlandung|pandemie|cambio_climático|pandemia|réchauffement|réchauffement_climatique|pandémie|alunizaje ist|war|es|fue|est|était ~1 eine_lüge|ein_schwindel|gefälscht|erfunden|mentira|una_mentira|un_montaje|un_mensonge|inventé|un_canular|une_invention',
  },
  { rule: 'misinformation', weight: 0.5, says: 'die_erde|la_tierra|la_terre ist|es|est eine_scheibe|flach|plana|plate' },
];
