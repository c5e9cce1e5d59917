import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout this script belongs to. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
