import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Tests against the real control plane, without a browser.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, ''),
      'server-only': fileURLToPath(new URL('../node_modules/server-only/empty.js', import.meta.url)),
    },
  },
  test: {
    include: ['e2e/**/*.test.ts'],
    // The long ones take minutes each: npm run test:long.
    ...(process.env.TRIPLANE_TEST_LONG === '1' ? {} : { exclude: ['**/*.long.test.ts', '**/node_modules/**'] }),
    fileParallelism: false,
    // The tools of iptables and nftables live in sbin, which is not on everybody's PATH.
    env: { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` },
    testTimeout: 120_000,
    // The first run on a machine builds the control plane from source.
    hookTimeout: 1_200_000,
  },
})
