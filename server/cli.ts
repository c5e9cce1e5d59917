// What the command line does besides starting: bundled into the build (scripts/bundle.mjs), so that it runs without a compiler.

import { get } from 'node:http'
import { launchUrl, leaveLaunchKey } from './access/launch-key-files'
import { readConfig } from './config'
import { doctor } from './doctor/main'

type Print = (text: string) => void

export { doctor }

/** Prints a fresh address that signs in whoever opens it first; 1 when there is no such thing. */
export async function open(env: NodeJS.ProcessEnv, print: Print): Promise<number> {
  try {
    const { port, auth, front } = readConfig(env)
    const url = `${front.publicUrl?.origin ?? `http://127.0.0.1:${port}`}${front.basePath}`
    if (!(await answers(`http://127.0.0.1:${port}${front.basePath}/livez`))) {
      print(`Nothing answers at ${url}. Start it with: triplane\n`)
      return 1
    }
    print(`${auth.mode === 'local' ? launchUrl(url, leaveLaunchKey({ env, port })) : url}\n`)
    return 0
  } catch (error) {
    print(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { timeout: 5000 }, (answer) => {
      answer.resume()
      resolve(true)
    })
      .on('timeout', () => resolve(false))
      .on('error', () => resolve(false))
  })
}
