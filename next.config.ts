import type { NextConfig } from 'next'

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
]

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
  // `next dev` writes no files of its own into the checkout.
  agentRules: false,
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
}

export default config
