// Fetches the Go module of the Gateway API (go/gateway-api pins the version). Apart from the rest, as the build asks for it early: while
// tests are collected nobody should wait for the network.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const cwd = fileURLToPath(new URL('./go/gateway-api', import.meta.url))

export const gatewayModule = 'sigs.k8s.io/gateway-api'

/** The folder it lies in; fetched first where it is not there yet, twice at most. Rejects with Go's own words. */
export async function folderOfGatewayModule(): Promise<string> {
  const fetched = () => run('go', ['mod', 'download', gatewayModule], { cwd })
  await fetched().catch(fetched)
  const { stdout } = await run('go', ['list', '-m', '-f', '{{.Dir}}', gatewayModule], { cwd })
  return stdout.trim()
}
