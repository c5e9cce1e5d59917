import type { NextConfig } from 'next'
import { PHASE_PRODUCTION_BUILD } from 'next/constants.js'
import { basePathToken } from './server/front/base-path-token.mjs'

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` checks the types, tests included; the first start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  // No image is optimised, so that no address can be fetched through the server.
  images: { unoptimized: true },
  // Reads files next to itself and loads exec plugins; a bundle of it would not.
  serverExternalPackages: ['@kubernetes/client-node', 'pino', 'prom-client'],
  // Pages of the guide become data at build time.
  turbopack: { rules: { './docs/guide/*.md': { loaders: ['./scripts/guide-loader.cjs'], as: '*.js' } } },
  // `next dev` writes no files of its own into the checkout.
  agentRules: false,
}

/** A build serves below any base path: the start puts it in place of the token. `next dev` serves at the root. */
export default function nextConfig(phase: string): NextConfig {
  const basePath = phase === PHASE_PRODUCTION_BUILD ? basePathToken : ''
  return {
    ...config,
    basePath,
    env: { TRIPLANE_BASE_PATH_TOKEN: basePath, TRIPLANE_BUILD: process.env.TRIPLANE_BUILD ?? '' },
  }
}
