import { constants, setPriority } from 'node:os'

/**
 * Puts this process, and those it starts from now on, before whatever else the machine does: for tests of how soon the product does
 * something, which else would measure the others. Only root may; anybody else takes his turn. No
 * higher than that: the test that runs beside must get on as well.
 */
export function takePriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_ABOVE_NORMAL)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ERR_SYSTEM_ERROR') throw error
  }
}
