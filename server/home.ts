// Plain Node reads this file too (launch.mjs).
import { homedir } from 'node:os'

/** The user's home. A numeric user that no passwd file knows has none, as in a container: then it is the root, as runtimes set it. */
export function homeOf(env: Readonly<Record<string, string | undefined>>): string {
  if (env.HOME) return env.HOME
  try {
    return homedir()
  } catch {
    return '/'
  }
}
