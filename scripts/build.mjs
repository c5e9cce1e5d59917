// `npm run build`: the same build that `npm start` makes on first use.

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildOnce } from './build-once.mjs'

await buildOnce(join(dirname(fileURLToPath(import.meta.url)), '..'), (line) => console.log(line))
