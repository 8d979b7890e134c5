/**
 * What every SDK client is made with, once per container. Adaptive retries take throttles of AWS's own stores; services
 * with a budget of their own (models, Textract, ...) are called once and retried by `core/resilience`.
 */
export const clientOptions = ({ attempts = 4, timeoutMs = 10_000 }: { attempts?: number; timeoutMs?: number } = {}) => ({
  maxAttempts: attempts,
  // Adaptive mode also holds calls back by itself, which a shared budget does better.
  retryMode: attempts === 1 ? 'standard' : 'adaptive',
  requestHandler: { connectionTimeout: 2_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true, socketTimeout: timeoutMs },
});
