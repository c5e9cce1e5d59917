import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Tests on the real control plane: one file after the other, because each starts its own.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: { alias: { '@': fileURLToPath(new URL('../..', import.meta.url)) } },
  test: {
    include: ['e2e/cluster/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    // The first run builds Kubernetes.
    hookTimeout: 20 * 60_000,
  },
})
