// The rules of the sample folders. Try it: cd samples && npx sluice ingest documents
import { defineConfig } from '../apps/cli/library.ts';

export default defineConfig({
  sources: [
    {
      name: 'contracts',
      path: './documents/contracts',
      priority: 'urgent',
      onFailure: 'withdraw',
      classification: 'confidential',
      access: ['group:purchasing', 'group:legal'],
      tags: ['contract'],
    },
    { name: 'service', path: './documents/service', access: ['group:service'] },
  ],
  chunking: { maxTokens: 200 },
  quality: { languages: ['en', 'de'] },
  pii: { default: 'partial' },
});
