const FORWARD = /^(?:fwd?|wg|tr|rv|i|doorst|vb|enc)\s?:/i;

/** Whether it is the subject of a message that passes another one on, which is then its content. */
export const isForwarded = (subject: string | undefined): boolean => FORWARD.test(subject ?? '');
