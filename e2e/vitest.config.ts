import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Longest first, so that none is left alone at the end. The others as Vitest has them.
const longest = ['proxy/scenarios', 'canary', 'access-modes', 'server-readers', 'reflectors', 'cluster/control-plane']
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return at < 0 ? longest.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

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
    // Each file has ports, folders, namespaces and control planes of its own, and waits for them more than it works.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // The tools of iptables and nftables live in sbin, which is not on everybody's PATH.
    env: { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` },
    testTimeout: 120_000,
    // The first run on a machine builds the control plane from source.
    hookTimeout: 1_200_000,
  },
})
