const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Elements whose content is never a part of the page's text, or no longer. */
export const SKIPPED = set(
  'script style template head link meta base title object embed applet audio video canvas map datalist select param source track annotation annotation-xml desc metadata defs noembed noframes del s strike rt rp',
);

/** Elements that start and end a line. */
export const BLOCKS = set(
  'html body address article aside blockquote center details dialog dir div dd dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option p plaintext pre search section summary table caption tbody td tfoot th thead tr ul xmp',
);

export const LISTS = set('ul ol menu dir dl');

export const PREFORMATTED = set('pre listing xmp plaintext');
