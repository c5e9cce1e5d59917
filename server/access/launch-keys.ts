// The keys that sign in the person at this machine: one of this start, printed once, and those they leave later as files.

import { timingSafeEqual } from 'node:crypto'
import { launchKeyHash, newLaunchKey, takeLaunchKey } from './launch-key-files'

export type LaunchKeys = {
  /** The key of this start; undefined from the second time on, and once it was used. */
  print(): string | undefined
  /** Whether the key is good; it is not any more afterwards. */
  take(key: string): boolean
}

export function createLaunchKeys(folder: string, now: () => number): LaunchKeys {
  let printable: string | undefined = newLaunchKey()
  let first: Buffer | undefined = Buffer.from(launchKeyHash(printable))
  return {
    print() {
      const key = printable
      printable = undefined
      return key
    },
    take(key) {
      if (first !== undefined && timingSafeEqual(first, Buffer.from(launchKeyHash(key)))) {
        first = undefined
        printable = undefined
        return true
      }
      return takeLaunchKey(folder, key, now())
    },
  }
}
