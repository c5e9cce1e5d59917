// Where links are kept, as the environment says. In a cluster nothing is kept, and so nothing written, unless it is asked for.

import { join } from 'node:path'
import { homeOf } from '../home.ts'

const storeChoices = ['off', 'memory', 'file', 'configmap'] as const

export type SharesConfig =
  | { readonly store: 'off' }
  | { readonly store: 'memory' }
  | { readonly store: 'file'; readonly path: string }
  /** Without a namespace: the pod's own. */
  | { readonly store: 'configmap'; readonly namespace: string | undefined; readonly name: string }

export const shareSettings = [
  { name: 'TRIPLANE_SHARES', default: '', meaning: 'shares' },
  { name: 'TRIPLANE_SHARES_FILE', default: '', meaning: 'shares-file' },
  { name: 'TRIPLANE_SHARES_CONFIGMAP', default: 'triplane-shares', meaning: 'shares-configmap' },
] as const

type ShareSetting = (typeof shareSettings)[number]['name']

export type ShareReader = {
  text(name: ShareSetting): string
  /** Stops the start with this problem of this setting. */
  fail(name: ShareSetting, problem: string): never
  readonly source: 'embedded' | 'kubeconfig' | 'in-cluster'
  readonly hasKeyFile: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

const unset = { embedded: 'memory', kubeconfig: 'file', 'in-cluster': 'off' } as const

/** The store of links. Unset: memory on the embedded cluster, a file of the user's on a kubeconfig, off in a cluster. */
export function readShares(read: ShareReader): SharesConfig {
  const asked = read.text('TRIPLANE_SHARES')
  const store = asked === '' ? unset[read.source] : storeChoices.find((choice) => choice === asked)
  if (store === undefined) {
    return read.fail('TRIPLANE_SHARES', `"${asked}" is not one of ${storeChoices.join(', ')}`)
  }
  if (store === 'file') return { store, path: read.text('TRIPLANE_SHARES_FILE') || stateFile(read.env) }
  return store === 'configmap' ? configMap(read) : { store }
}

function configMap(read: ShareReader): SharesConfig {
  if (read.source === 'embedded') read.fail('TRIPLANE_SHARES', 'configmap, but the embedded cluster has none')
  // Replicas that cannot read each other's records would each refuse the links of the others.
  if (!read.hasKeyFile) read.fail('TRIPLANE_SHARES', 'configmap needs TRIPLANE_KEY_FILE, the same for every replica')
  const text = read.text('TRIPLANE_SHARES_CONFIGMAP')
  const [, namespace, name = ''] = /^(?:([a-z0-9][a-z0-9-]{0,62})\/)?([a-z0-9][a-z0-9.-]{0,252})$/.exec(text) ?? []
  if (name === '') read.fail('TRIPLANE_SHARES_CONFIGMAP', `"${text}" is neither name nor namespace/name`)
  if (namespace === undefined && read.source !== 'in-cluster') {
    read.fail('TRIPLANE_SHARES_CONFIGMAP', `"${text}" needs its namespace (namespace/name) outside a pod`)
  }
  return { store: 'configmap', namespace, name }
}

function stateFile(env: ShareReader['env']): string {
  const state = env.XDG_STATE_HOME || join(homeOf(env), '.local', 'state')
  return join(state, 'triplane', 'shares.json')
}
