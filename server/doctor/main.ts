// `triplane doctor`: what Triplane can and cannot see with these settings, and the rule that is missing. Reads what the server
// would read, asks with the same credentials, changes nothing.

import { existsSync, readFileSync } from 'node:fs'
import words from '@/messages/en/doctor.json'
import { type Config, readConfig } from '../config'
import { systemClock } from '../kube/clock'
import { contextConnection } from '../kube/connection'
import { loadContext, loadServiceAccount } from '../kube/kubeconfig'
import { examine } from './examine'
import type { NeedsOptions } from './needs'
import { exitCodeOf, reportOf } from './report'

/** Prints the report and returns the exit code (report.ts). Settings that cannot be used are a sentence, and 2. */
export async function doctor(env: NodeJS.ProcessEnv, print: (text: string) => void): Promise<number> {
  try {
    const config = readConfig(env)
    if (config.source === 'embedded') {
      print(`${words.embedded}\n`)
      return 0
    }
    return await examineCluster(config, env, print)
  } catch (error) {
    print(`${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
}

async function examineCluster(config: Config, env: NodeJS.ProcessEnv, print: (text: string) => void): Promise<number> {
  const load = () =>
    config.source === 'in-cluster' ? loadServiceAccount() : loadContext(config.kubeconfigFiles, config.context)
  const loaded = load()
  const connection = contextConnection({ load, env })
  const io = { connection, clock: systemClock, signal: AbortSignal.timeout(120_000) }
  const { mode } = config.auth
  try {
    const options = {
      namespaces: config.namespaces,
      watchPods: config.watchPods === 'all',
      mode,
      shares: sharesOf(config),
    }
    const examination = await examine(options, io)
    print(reportOf({ name: loaded.context, server: loaded.server, mode }, examination))
    return exitCodeOf(examination)
  } finally {
    connection.close()
  }
}

const ownNamespace = '/var/run/secrets/kubernetes.io/serviceaccount/namespace'

function sharesOf({ shares }: Config): NeedsOptions['shares'] {
  if (shares.store !== 'configmap') return undefined
  const own = existsSync(ownNamespace) ? readFileSync(ownNamespace, 'utf8').trim() : 'default'
  return { namespace: shares.namespace ?? own, name: shares.name }
}
