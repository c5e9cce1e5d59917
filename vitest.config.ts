import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

const exclude = ['**/node_modules/**']

export default defineConfig({
  resolve: {
    // server-only throws outside a React server bundle; the unit tests are neither browser nor bundle.
    alias: { '@': root.replace(/\/$/, ''), 'server-only': `${root}node_modules/server-only/empty.js` },
  },
  test: {
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        // Nothing here is kept in a module: files share one, so that none has to be read once per file, which took most of the time.
        test: {
          name: 'pure',
          include: ['{core,client,components,messages}/**/*.test.{ts,tsx}'],
          exclude,
          pool: 'threads',
          isolate: false,
        },
      },
      {
        extends: true,
        // A process has one front, one set of numbers and one log: each file gets its own.
        test: { name: 'process', include: ['{bench,server,scripts,app}/**/*.test.{ts,tsx}'], exclude },
      },
    ],
  },
})
