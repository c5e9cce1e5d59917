// The CRDs of the Gateway API, as its own Go module has them (go/gateway-api pins the version): read, installed and removed.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { forEachBounded, type KubeApi, type KubeObject, waitFor } from './api.ts'
import { folderOfGatewayModule, gatewayModule } from './gateway-module.ts'

/** Why they cannot be had here, or undefined when they can. A reason to skip. */
export async function whyNoGatewayApi(): Promise<string | undefined> {
  return folderOfGatewayModule().then(
    () => undefined,
    (cause: Error) => `${gatewayModule} cannot be had: ${cause.message}`,
  )
}

/** The CRDs of the standard channel. */
export async function gatewayCrds(): Promise<KubeObject[]> {
  const folder = join(await folderOfGatewayModule(), 'config', 'crd', 'standard')
  // Beside them stands an admission policy, which is none of them.
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml') && !file.includes('_vap_'))
  const crds: KubeObject[] = []
  for (const file of files) {
    const object: KubeObject = parse(await readFile(join(folder, file), 'utf8'))
    if (object.kind === 'CustomResourceDefinition') crds.push(object)
  }
  return crds
}

/** Creates them; resolves once the API serves HTTPRoutes. */
export async function installCrds(api: KubeApi, crds: readonly KubeObject[]): Promise<void> {
  await forEachBounded(crds, 4, ({ status: _, ...crd }) => api.create(crd as KubeObject))
  await waitFor('HTTPRoutes to be served', () =>
    api.list('/apis/gateway.networking.k8s.io/v1/httproutes').then(
      () => true,
      () => false,
    ),
  )
}

/** Deletes them, and all that stands in them. */
export async function removeCrds(api: KubeApi, crds: readonly KubeObject[]): Promise<void> {
  await forEachBounded(crds, 4, (crd) => api.delete(crd))
}
