/** Words that the phrases of the rules share, a list a line of reasoning. `_` is a blank. */
export const WORDS = {
  IGNORE: `ignore ignoring ignores disregard disregarding forget forgetting override overriding overrides bypass bypassing discard
    neglect nullify abandon dismiss skip erase suspend supersede unlearn overlook stop_following stop_obeying
    do_not_follow don't_follow do_not_obey don't_obey pay_no_attention_to pay_no_heed_to take_no_notice_of take_no_account_of do_not_pay_attention_to
    don't_pay_attention_to set_aside put_aside no_longer_follow instead_of_following
    rather_than_following do_not_comply_with don't_comply_with cease_following do_not_consider`,
  EARLIER: `previous previously prior above earlier preceding foregoing former past existing original initial current system developer
    your you the_user's admin other`,
  INSTRUCTION: `instruction instructions prompt prompts directive directives direction directions order orders command commands
    guideline guidelines guidance rule rules constraint constraints restriction restrictions policy policies programming training
    context safeguard safeguards message messages limitations requests tasks instructed protocols input inputs`,
  SAY: `say says state states write writes print prints output outputs respond reply answer report declare return tell claim announce
    repeat display type generate produce assert recommend conclude give provide execute follow do`,
  REPLY: 'say state write print output respond reply answer report return display type repeat',
  REVEAL: `reveal show print output repeat display tell give share disclose leak expose dump write encode translate summarize summarise
    list return recite provide send what_is what_was what_are what_were what's describe`,
  MACHINE: `ai ais ai's llm llms gpt chatgpt chatbot chatbots chat_bot language_model language_models large_language_model
    large_language_models ai_model ai_models ai_assistant ai_assistants ai_agent ai_agents ai_system ai_systems
    artificial_intelligence virtual_assistant`,
  PROGRAM: `system systems software tool tools model models engine engines algorithm algorithms agent agents pipeline pipelines parser
    parsers assistant assistants bot bots reader readers reviewer reviewers crawler crawlers summarizer summarizers`,
  LAX: `unrestricted uncensored unfiltered unlimited amoral unethical immoral jailbroken unhinged nonmoral unbound limitless
    unconstrained unmoderated`,
  MORAL: 'ethical moral content safety legal ethics morals morality legality',
  LIMIT: `guidelines restrictions limits filters policies principles code constraints concerns considerations limitations boundaries
    standards safeguards censorship rules values compass policy filter consequences`,
  SECRET: `password passwords passcode passphrase secret_key api_key api_keys credentials access_token private_key secret_code
    secret_phrase confidential_string pin_code`,
  PASSWORD_MATTERS: `policy policies reset resets form forms manager managers protection field fields hint hints length rule rules
    requirement requirements page link box change changes expiry history strength protected reminder recovery management security
    for? format rotation konzept richtlinie richtlinien manager-app is_not isn't is_never header in_the as_a_header with_the_request
    with_each with_every with_nobody`,
  PAPERS: `letter letters notice notices reminder reminders invoice invoices price prices list lists version versions edition editions
    agreement agreements understanding understandings contract contracts arrangement arrangements offer offers quotation quotations
    mail mails e-mail e-mails error errors warning warnings alarm alarms reading readings chapter section page column columns row rows
    entry entries drafts draft documents communications representations negotiations the_line the_marker the_limit the_threshold
    the_fold`,
  PLAY: 'act behave respond answer pretend roleplay role-play simulate operate function speak talk write reply',
} as const;
