// Modules of server/ as one plain JavaScript file each, for where there is neither a compiler nor the sources.
import { build } from 'esbuild'

/** Bundles `from` into `to`. Packages that read files next to themselves stay outside; they are installed beside it. */
export async function bundle(root, { from, to }) {
  await build({
    absWorkingDir: root,
    entryPoints: [from],
    outfile: to,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    // `server-only` is empty for servers.
    conditions: ['react-server'],
    external: ['@kubernetes/client-node'],
    // CommonJS packages inside the bundle ask for Node's modules by require.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'\nconst require = makeRequire(import.meta.url)",
    },
    legalComments: 'none',
    logLevel: 'error',
  })
}
