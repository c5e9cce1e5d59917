// zod makes code out of its schemas where it may, and tries out whether it may. A page whose policy forbids that would report the
// attempt as an attack: schemas that browsers load take their `z` from here.
import { z } from 'zod'

z.config({ jitless: true })

export { z }
