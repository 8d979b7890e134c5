/** @import { PipelineOverview } from '../../../schemas/records/pipeline-view.ts' */
import { listen } from './api.js';
import { showDetail, updateDetail } from './detail.js';
import { documentsInWords, loadDocuments, showDocuments, updateDocuments } from './documents.js';
import { byId, h } from './dom.js';
import { searchAgain, showSearch } from './search.js';
import { drawToday } from './today.js';
import { visible } from './words.js';

const connection = byId('connection', HTMLParagraphElement);
const facts = byId('facts', HTMLParagraphElement);
const WORDS = { connecting: 'connecting', live: 'live', disconnected: 'disconnected; trying again' };

/** @param {PipelineOverview} overview */
function drawFacts(overview) {
  const { embedder, watched } = overview;
  const parts = [
    ...documentsInWords(overview).map((words) => h('span', {}, words)),
    h(
      'span',
      {},
      `embedder ${embedder.model}, ${embedder.dimensions} dimensions${embedder.description ? `: ${embedder.description}` : ''}`,
    ),
    ...watched.map((folder) => h('span', {}, 'watching ', h('code', {}, visible(folder)))),
  ];
  facts.replaceChildren(...parts);
}

function show() {
  showDocuments();
  showSearch();
  showDetail();
}

addEventListener('hashchange', show);
addEventListener('popstate', show);
show();
listen({
  onState(state) {
    connection.dataset.state = state;
    if (connection.textContent !== WORDS[state]) connection.textContent = WORDS[state];
  },
  onNotice({ overview, documents, more }, isFirst) {
    drawFacts(overview);
    drawToday(overview.today);
    updateDocuments(overview, documents, more);
    if (isFirst) void loadDocuments();
    else searchAgain();
    updateDetail(new Set(documents.map(({ documentId }) => documentId)), more || isFirst);
  },
});
