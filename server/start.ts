import 'server-only'
import { accessControl } from './access/access-control'
import { getRuntime } from './runtime'

/** Starts the runtime. A setting that cannot be used ends the program with its sentence, not with a stack. */
export async function startServer(): Promise<void> {
  try {
    const access = accessControl()
    await getRuntime()
    // The start script prints the address of the built product; `next dev` is started without it.
    if (process.env.NODE_ENV === 'development') announce(access)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

function announce(access: ReturnType<typeof accessControl>) {
  const url = access.launchUrl(`http://127.0.0.1:${process.env.PORT ?? 3000}`)
  if (url !== undefined) process.stdout.write(`Sign in once at ${url}\n`)
}
