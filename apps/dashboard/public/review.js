/** @import { DocumentStory } from '../../../schemas/records/pipeline-view.ts' */
import { decide, getHeld } from './api.js';
import { h } from './dom.js';
import { visible } from './words.js';

/** @param {{ rule: string, score: number }[]} rules */
const rulesInWords = (rules) => rules.map(({ rule, score }) => `${rule} ${score.toFixed(2)}`).join(', ');

/**
 * What a reviewer has to know, once it is there: the rules that spoke, what was decided before, the passages that they are about, and how the text begins.
 * @param {string} id
 * @param {HTMLElement} place
 */
async function tell(id, place) {
  const held = await getHeld(id);
  if (!held) return;
  const { hold, decisions } = held;
  place.replaceChildren(
    h('p', {}, 'Held by ', h('code', {}, hold.stage), `: ${rulesInWords(hold.rules)}.`),
    ...decisions.map(({ verdict, at, note }) =>
      h('p', { class: 'quiet' }, visible(`${verdict} at ${at}${note === null ? '' : `: ${note}`}`)),
    ),
    ...hold.evidence.map(({ rule, quote }) => h('p', {}, h('code', {}, rule), ' ', h('q', {}, visible(quote)))),
    hold.preview === null
      ? h(
          'p',
          { class: 'quiet' },
          'No text of it is shown here. Where few may read it, ',
          h('code', {}, 'sluice review'),
          ' shows it in a terminal.',
        )
      : h('blockquote', {}, visible(hold.preview)),
  );
}

/**
 * What is held, and the two ways out of it.
 * @param {Pick<DocumentStory, 'documentId'>} story
 */
export function reviewOf({ documentId }) {
  const facts = h('div', {});
  const note = h('input', { type: 'text', maxlength: '2000', placeholder: 'Why (kept with the decision)', 'aria-label': 'Note' });
  const release = h('button', { type: 'button' }, 'Release');
  const reject = h('button', { type: 'button' }, 'Reject');
  const answer = h('p', { class: 'notice', role: 'alert', hidden: '' });
  /** @param {'release' | 'reject'} verdict */
  const send = async (verdict) => {
    release.disabled = reject.disabled = true;
    try {
      await decide({ document: documentId, verdict, note: note.value });
    } catch (error) {
      answer.textContent = error instanceof Error ? error.message : String(error);
      answer.hidden = false;
      release.disabled = reject.disabled = false;
    }
  };
  release.addEventListener('click', () => void send('release'));
  reject.addEventListener('click', () => void send('reject'));
  tell(documentId, facts).catch(() => facts.replaceChildren());
  return h('div', { class: 'review' }, facts, note, ' ', release, ' ', reject, answer);
}
