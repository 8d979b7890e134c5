import type { Config } from '#schemas/config.ts';
import type { DescribedDocument } from '#schemas/records/described.ts';
import { Extracted } from '#schemas/records/extracted.ts';
import { describeDocument } from '../describing/describe-document.ts';
import { localLanguage } from '../describing/language/local-language.ts';
import { stopWordsOf } from '../describing/language/stop-words.ts';
import { describingRules } from '../describing/settings.ts';
import { documentText } from '../document-text.ts';
import { SluiceError } from '../errors.ts';
import { workKey } from '../fingerprint.ts';
import { distinct, textMentions } from '../linking/mentions.ts';
import { ownNames } from '../linking/names.ts';
import { termsOf, withTerms } from '../normalising/terms.ts';
import type { Ports } from '../ports/index.ts';
import type { LanguageService } from '../ports/language.ts';
import { maskPolicy } from '../purify/policy.ts';
import { proseSample } from '../quality/language.ts';
import { follow, stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

type Needs = 'work' | 'policies' | 'fingerprint' | 'keys' | 'ledger' | 'traces' | 'language';

function serviceFor({ describing }: Config, asked: LanguageService | undefined): LanguageService | undefined {
  if (describing.service === 'none') return undefined;
  if (describing.service === 'local') return localLanguage;
  if (asked) return asked;
  throw new SluiceError('invalid-config', `describing: describing.service is ${describing.service}, and this function has no such service`);
}

/** Tells what a document says, by its masked text: nothing that was masked gets into what is known of it. */
export const describe = stage({
  name: 'describe',
  ...SHAPES.describe,
  on: ['document.masked'],
  async run(detail, { work, policies, fingerprint, keys, ledger, traces, language: asked }: Pick<Ports, Needs>) {
    const [masked, config, head] = await Promise.all([
      work.read(detail.elements, Extracted),
      policies.at(detail.revision),
      ledger.head(detail.document),
    ]);
    const source = policies.source(config, detail.source);
    const rules = describingRules(config, source);
    const language = (masked.metadata.language ?? (await localLanguage.language(proseSample(masked))))?.slice(0, 2).toLowerCase();
    const stopWords = stopWordsOf(language ?? 'en');
    const extracted = {
      ...masked,
      elements: withTerms(masked.elements, termsOf(config, source), language ?? 'en', (word) => stopWords?.has(word) ?? false),
    };
    const { text } = documentText(masked.elements);
    const own = ownNames(keys, { uri: head?.uri ?? '', title: masked.metadata.title, text }, rules.identifiers);
    const references = distinct([...(masked.references ?? []), ...textMentions(keys, text, rules.identifiers)], own);
    const description = await describeDocument(extracted, {
      rules,
      language,
      service: serviceFor(config, asked),
      keepsPersons: maskPolicy(config.pii, source, keys).strategyOf('PERSON') === 'keep',
      references,
    });
    const { document, generation } = detail;
    const elements = workKey('masked', document, generation, 'describe', fingerprint('describe', config));
    const { references: _, ...rest } = extracted;
    await work.write(elements, { ...rest, description } satisfies DescribedDocument);
    await traces.put(document, generation, 'name', { keys: own, note: '' });
    const keysOf = (isAddress: boolean): string[] => references.flatMap(({ by, key }) => ((by === 'address') === isAddress ? [key] : []));
    await traces.put(document, generation, 'reference', { keys: keysOf(false), note: '' });
    await traces.put(document, generation, 'address', { keys: keysOf(true), note: '' });
    const { found, again, quality } = detail;
    return [follow(detail, 'document.described', { elements, found, again, quality })];
  },
});
