/** How a pipeline has done since a moment: what `sluice status` and the page show of its metrics (`schemas/metrics.ts`). */
export type Figures = {
  /** ISO 8601. */
  since: string;
  documents: { in: number; out: number; removed: number; rejected: number; held: number; failed: number };
  chunks: { embedded: number; reused: number };
  /** Seconds from a change's being seen until search served it; null: nothing was served. */
  freshness: { p50: number; p95: number } | null;
  /** Averages, 0..1; null: nothing was judged. */
  quality: { score: number | null; passRate: number | null };
  /** Milliseconds that runs of a stage took; of those that ran, in the order of the pipeline. */
  stages: { stage: string; runs: number; retries: number; p50: number; p95: number }[];
};
