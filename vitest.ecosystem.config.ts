import { defineConfig } from 'vitest/config'

/** `npm run test:ecosystem`: what needs other people's bundlers and servers. After `npm run build`. */
export default defineConfig({
  test: {
    include: ['test/ecosystem/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
