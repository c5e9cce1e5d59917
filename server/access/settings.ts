// How people are let in, as the environment says. Nothing here is guessed: what would open a cluster to everybody must be named.

import { BlockList, isIP } from 'node:net'
import { isCidr } from '../front/addresses.ts'

const authChoices = ['embedded', 'local', 'token', 'proxy', 'anonymous', 'locked'] as const
export type AuthMode = (typeof authChoices)[number]

export type ProxyAuth = {
  readonly mode: 'proxy'
  /** Names of headers, in lower case. */
  readonly userHeader: string
  readonly groupsHeader: string
  readonly secretHeader: string
  readonly secretFile: string
  /** Addresses and CIDRs that the authenticating proxy connects from. */
  readonly peers: readonly string[]
}

export type AuthConfig =
  | { readonly mode: 'embedded' | 'local' | 'locked' }
  | { readonly mode: 'token'; readonly audience: string }
  | { readonly mode: 'anonymous'; readonly namespaces: readonly string[] }
  | ProxyAuth

export const authSettings = [
  { name: 'TRIPLANE_AUTH', default: '', meaning: 'auth' },
  { name: 'TRIPLANE_KEY_FILE', default: '', meaning: 'key-file' },
  { name: 'TRIPLANE_TOKEN_AUDIENCE', default: 'triplane', meaning: 'token-audience' },
  { name: 'TRIPLANE_PROXY_USER_HEADER', default: 'x-forwarded-user', meaning: 'proxy-user-header' },
  { name: 'TRIPLANE_PROXY_GROUPS_HEADER', default: 'x-forwarded-groups', meaning: 'proxy-groups-header' },
  { name: 'TRIPLANE_PROXY_PEERS', default: '', meaning: 'proxy-peers' },
  { name: 'TRIPLANE_PROXY_SECRET_HEADER', default: 'x-triplane-proxy-secret', meaning: 'proxy-secret-header' },
  { name: 'TRIPLANE_PROXY_SECRET_FILE', default: '', meaning: 'proxy-secret-file' },
  { name: 'TRIPLANE_ANONYMOUS_NAMESPACES', default: '', meaning: 'anonymous-namespaces' },
] as const

type AuthSetting = (typeof authSettings)[number]['name']

export type AuthReader = {
  /** The setting, trimmed; its default when it is not set. */
  text(name: AuthSetting): string
  list(name: AuthSetting): readonly string[]
  /** Stops the start with this problem of this setting. */
  fail(name: AuthSetting, problem: string): never
}

/** The mode, and what it needs. Unset: `embedded` on the embedded cluster, `local` on a kubeconfig, `locked` in a cluster. */
export function readAuth(source: 'embedded' | 'kubeconfig' | 'in-cluster', read: AuthReader): AuthConfig {
  const asked = read.text('TRIPLANE_AUTH')
  const mode = asked === '' ? unset[source] : authChoices.find((choice) => choice === asked)
  if (mode === undefined) return read.fail('TRIPLANE_AUTH', `"${asked}" is not one of ${authChoices.join(', ')}`)
  if (mode === 'embedded' && source !== 'embedded') {
    return read.fail(
      'TRIPLANE_AUTH',
      `embedded lets everybody in, and is for the embedded cluster; this one is ${source}`,
    )
  }
  if ((mode === 'token' || mode === 'proxy') && source === 'embedded') {
    return read.fail(
      'TRIPLANE_AUTH',
      `${mode} asks a cluster what somebody may see, and the embedded one has no accounts`,
    )
  }
  if (mode === 'token') return { mode, audience: read.text('TRIPLANE_TOKEN_AUDIENCE') }
  if (mode === 'anonymous') return { mode, namespaces: anonymousNamespaces(read) }
  return mode === 'proxy' ? proxyAuth(read) : { mode }
}

const unset = { embedded: 'embedded', kubeconfig: 'local', 'in-cluster': 'locked' } as const

function anonymousNamespaces(read: AuthReader): readonly string[] {
  const name = 'TRIPLANE_ANONYMOUS_NAMESPACES'
  const namespaces = read.list(name)
  if (namespaces.length === 0) return read.fail(name, 'names no namespace; everybody without a name would see these')
  const bad = namespaces.find((each) => each.length > 63 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(each))
  if (bad !== undefined) return read.fail(name, `"${bad}" is not a namespace name; there is no wildcard`)
  return namespaces
}

function proxyAuth(read: AuthReader): ProxyAuth {
  const peers = read.list('TRIPLANE_PROXY_PEERS')
  if (peers.length === 0) read.fail('TRIPLANE_PROXY_PEERS', 'names no address that the proxy connects from')
  const bad = peers.find((peer) => !isCidr(peer))
  if (bad !== undefined) read.fail('TRIPLANE_PROXY_PEERS', `"${bad}" is neither an address nor a CIDR`)
  const secretFile = read.text('TRIPLANE_PROXY_SECRET_FILE')
  if (secretFile === '') read.fail('TRIPLANE_PROXY_SECRET_FILE', 'is needed: an address alone proves nobody')
  const userHeader = headerName(read, 'TRIPLANE_PROXY_USER_HEADER')
  const groupsHeader = headerName(read, 'TRIPLANE_PROXY_GROUPS_HEADER')
  const secretHeader = headerName(read, 'TRIPLANE_PROXY_SECRET_HEADER')
  if (new Set([userHeader, groupsHeader, secretHeader]).size < 3) {
    read.fail('TRIPLANE_PROXY_SECRET_HEADER', 'user, groups and secret need a header each')
  }
  return { mode: 'proxy', userHeader, groupsHeader, secretHeader, secretFile, peers }
}

function headerName(read: AuthReader, name: AuthSetting): string {
  const header = read.text(name).toLowerCase()
  // Of these a request with two lines is refused before it comes here, and of none with an underscore is there a second reading.
  if (!/^(x|remote)(-[a-z0-9]+)+$/.test(header)) read.fail(name, `"${header}" does not begin with X- or Remote-`)
  return header
}

/** The addresses as a list that can be asked. */
export function blockListOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family)
  }
  return list
}
