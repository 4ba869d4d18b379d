import { defineConfig } from 'vitest/config'

/** `npm run test:otlp`: against the real OpenTelemetry Collector, which takes minutes to build the first time. */
export default defineConfig({
  test: {
    include: ['test/collector/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 900_000,
  },
})
