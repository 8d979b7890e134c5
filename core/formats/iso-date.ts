/** A date as pages and headers write it, in ISO 8601. Without a time zone it is taken for UTC; an ISO date alone stays one. */
export function isoDate(text: string | undefined): string | undefined {
  const value = text?.trim().replace(/^(\d{4})\/(\d{2})\/(\d{2})/, '$1-$2-$3');
  if (!value || /^\d{4}-\d{2}-\d{2}$/.test(value)) return value || undefined;
  const parsed = new Date(withZone(value));
  return Number.isNaN(parsed.getTime()) ? undefined : parsed.toISOString();
}

function withZone(value: string): string {
  const hasTime = /\d:\d{2}/.test(value);
  if (hasTime && /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\)?$/i.test(value)) return value;
  return hasTime && /^\d{4}-\d{2}-\d{2}[ T]/.test(value) ? `${value.replace(' ', 'T')}Z` : `${value} UTC`;
}
