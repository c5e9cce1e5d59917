/** Next's start hook: the cluster is watched from here on, not from the first request on. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startServer } = await import('./server/start')
  await startServer()
}
