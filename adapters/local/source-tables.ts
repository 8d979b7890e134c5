import { withTemporaryFile } from '#adapters/parsing/temporary-file.ts';
import { isTabular } from '#core/formats/index.ts';
import { matchingBelow } from '#core/ignoring.ts';
import { sourcesWithMembers } from '#core/members/sources-with-members.ts';
import type { ContentHandle } from '#core/ports/content.ts';
import type { Parsers } from '#core/ports/parsers.ts';
import type { Config } from '#schemas/config.ts';
import { folderSources } from './folder/folder-sources.ts';
import { heads } from './inspect.ts';
import { openReader } from './reader.ts';

export type TableDocument = { nativeId: string; uri: string; content: ContentHandle };

/** What is served of a source and is a table or a workbook, with its bytes as they were ingested; by address. */
export async function sourceTables(
  dataDir: string,
  source: string,
  { config, parsers }: { config: Config; parsers: Parsers },
): Promise<TableDocument[]> {
  const reader = await openReader(dataDir);
  try {
    const sources = sourcesWithMembers({
      sources: folderSources({ now: Date.now, roots: () => [], quietMs: 0 }),
      parsers,
      lend: withTemporaryFile,
      isIgnored: matchingBelow(config.intake.ignore),
    });
    return (await heads(reader, source))
      .filter(({ removed, metadata: { format } }) => !removed && format !== undefined && isTabular(format))
      .map((head) => ({ nativeId: head.nativeId, uri: head.uri, content: sources.open(head) }))
      .sort((a, b) => (a.uri < b.uri ? -1 : 1));
  } finally {
    await reader.close();
  }
}
