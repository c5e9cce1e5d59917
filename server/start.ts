import 'server-only'
import { getRuntime } from './runtime'

/** Starts the runtime. A setting that cannot be used ends the program with its sentence, not with a stack. */
export async function startServer(): Promise<void> {
  try {
    await getRuntime()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
