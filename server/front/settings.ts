// Where the product listens and under which name people reach it, as the environment says.

import { isIP } from 'node:net'
import { isCidr, isLoopback } from './addresses.ts'

export type PublicUrl = {
  /** As browsers write it: no default port. */
  readonly origin: string
  /** Host headers that name it, lower case: with and without a default port. */
  readonly hosts: readonly string[]
  readonly https: boolean
}

export type FrontConfig = {
  readonly listen: string
  /** '' or '/a/b'. */
  readonly basePath: string
  readonly publicUrl: PublicUrl | undefined
  /** Addresses and CIDRs whose X-Forwarded-For and -Proto count. */
  readonly trustedProxies: readonly string[]
  /** How long requests are still answered after SIGTERM, so that load balancers learn of it. Seconds. */
  readonly drainSeconds: number
  /** Where the running copy of the build is made. */
  readonly stateDir: string | undefined
  /** Nobody is let in yet, and whatever name somebody came by may be told so. */
  readonly anyHost: boolean
}

export const frontSettings = [
  { name: 'TRIPLANE_LISTEN', default: '127.0.0.1', meaning: 'listen' },
  { name: 'TRIPLANE_PUBLIC_URL', default: '', meaning: 'public-url' },
  { name: 'TRIPLANE_BASE_PATH', default: '', meaning: 'base-path' },
  { name: 'TRIPLANE_TRUSTED_PROXIES', default: '', meaning: 'trusted-proxies' },
  { name: 'TRIPLANE_DRAIN_SECONDS', default: '0', meaning: 'drain-seconds' },
  { name: 'TRIPLANE_STATE_DIR', default: '', meaning: 'state-dir' },
] as const

type FrontSetting = (typeof frontSettings)[number]['name']

export type FrontReader = {
  /** The setting, trimmed; its default when it is not set. */
  text(name: FrontSetting): string
  list(name: FrontSetting): readonly string[]
  /** Stops the start with this problem of this setting. */
  fail(name: FrontSetting, problem: string): never
}

const longestDrainSeconds = 60

/** `mode` is how people are let in: only a locked server may be reached from elsewhere without a name of its own. */
export function readFront(mode: string, read: FrontReader): FrontConfig {
  const publicUrl = readPublicUrl(read)
  const listen = read.text('TRIPLANE_LISTEN')
  if (isIP(listen) === 0) read.fail('TRIPLANE_LISTEN', `"${listen}" is not an IP address`)
  if (!isLoopback(listen)) {
    if (mode === 'local') {
      read.fail(
        'TRIPLANE_LISTEN',
        `${listen} is reached from elsewhere; with your own kubeconfig only this machine may`,
      )
    }
    if (publicUrl === undefined && mode !== 'locked') {
      read.fail('TRIPLANE_LISTEN', `${listen} is reached from elsewhere, and that needs TRIPLANE_PUBLIC_URL`)
    }
  }
  const trustedProxies = read.list('TRIPLANE_TRUSTED_PROXIES')
  const bad = trustedProxies.find((each) => !isCidr(each))
  if (bad !== undefined) read.fail('TRIPLANE_TRUSTED_PROXIES', `"${bad}" is neither an address nor a CIDR`)
  const drain = read.text('TRIPLANE_DRAIN_SECONDS')
  if (!/^\d{1,3}$/.test(drain) || Number(drain) > longestDrainSeconds) {
    read.fail('TRIPLANE_DRAIN_SECONDS', `"${drain}" is not a whole number from 0 to ${longestDrainSeconds}`)
  }
  return {
    listen,
    basePath: readBasePath(read, publicUrl?.path),
    publicUrl: publicUrl && { origin: publicUrl.origin, hosts: publicUrl.hosts, https: publicUrl.https },
    trustedProxies,
    drainSeconds: Number(drain),
    stateDir: read.text('TRIPLANE_STATE_DIR') || undefined,
    anyHost: mode === 'locked' && publicUrl === undefined,
  }
}

function readPublicUrl(read: FrontReader): (PublicUrl & { readonly path: string }) | undefined {
  const name = 'TRIPLANE_PUBLIC_URL'
  const text = read.text(name)
  if (text === '') return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) return read.fail(name, `"${text}" is not a URL`)
  const https = url.protocol === 'https:'
  // Plain http carries cookies in the clear: between a browser and its own machine (a forwarded port) nobody can listen.
  if (!https && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return read.fail(name, `"${text}" must begin with https://; http:// is for localhost alone`)
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return read.fail(name, `"${text}" may have a host, a port and a path, nothing else`)
  }
  const path = url.pathname.replace(/\/$/, '')
  if (!isBasePath(path)) return read.fail(name, `its path "${path}" is not a base path such as /tools/triplane`)
  const port = url.port === '' ? [`${url.hostname}:${https ? 443 : 80}`] : []
  return { origin: url.origin, hosts: [url.host, ...port], https, path }
}

// The path of the public URL is the base path; naming both is fine when they say the same.
function readBasePath(read: FrontReader, publicPath: string | undefined): string {
  const text = read.text('TRIPLANE_BASE_PATH').replace(/^\/$/, '')
  if (!isBasePath(text)) {
    return read.fail(
      'TRIPLANE_BASE_PATH',
      `"${text}" is not empty and not like /tools/triplane (letters, digits, _ and -)`,
    )
  }
  if (text === '' || publicPath === undefined || publicPath === '') return text || publicPath || ''
  if (text === publicPath) return text
  return read.fail('TRIPLANE_BASE_PATH', `"${text}" is not the path of TRIPLANE_PUBLIC_URL, "${publicPath}"`)
}

// What a browser shows is what stands here: no dots, no escapes, no slash at the end.
const isBasePath = (text: string) => /^(\/[A-Za-z0-9_-]+)*$/.test(text) && text.length <= 200
