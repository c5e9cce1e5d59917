// The chart as Helm lints and renders it (e2e/cluster/go/helm), and what is said of its objects.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import type { KubeObject } from '../cluster/api.ts'
import { ensurePrograms } from '../cluster/build.ts'

export const chartFolder = fileURLToPath(new URL('../../deploy/chart', import.meta.url))

export type Values = Readonly<Record<string, unknown>>

export type Render = {
  readonly values: Values
  readonly release?: string
  readonly namespace?: string
  readonly upgrade?: boolean
  /** What `lookup` asks. Without: it finds nothing, as in `helm template`. */
  readonly cluster?: { readonly server: string; readonly ca: string; readonly token: string }
}

const outcomes = z.array(
  z.strictObject({ lint: z.array(z.string()), manifest: z.string(), notes: z.string(), error: z.string() }),
)

export type Outcome = z.infer<typeof outcomes>[number]

/** Lints and renders the chart once per element, in one process. Rejects only when Helm's packages cannot run at all. */
export async function renderAll(renders: readonly Render[]): Promise<readonly Outcome[]> {
  const { 'helm-chart': helm } = await ensurePrograms(['helm-chart'])
  const child = spawn(helm, [chartFolder], { stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.end(JSON.stringify(renders.map((one) => ({ release: 'triplane', namespace: 'triplane', ...one }))))
  const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (child.exitCode !== 0) throw new Error(`helm-chart: ${complaints}`)
  return outcomes.parse(JSON.parse(output))
}

/** The rendered objects, in the order in which Helm installs them; throws what Helm would end with. */
export async function renderObjects(render: Render): Promise<readonly KubeObject[]> {
  const [outcome] = await renderAll([render])
  if (outcome === undefined || outcome.error !== '') throw new Error(outcome?.error ?? 'nothing rendered')
  return objectsOf(outcome.manifest)
}

/** The objects of a manifest. Kubernetes reads YAML 1.1. */
export function objectsOf(manifest: string): readonly KubeObject[] {
  return parseAllDocuments(manifest, { version: '1.1' }).flatMap((document) => {
    if (document.errors.length > 0) throw new Error(String(document.errors[0]))
    const object: KubeObject | null = document.toJS()
    return object === null ? [] : [object]
  })
}

/** `Kind namespace/name`. */
export function idOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`
}

const deployment = z.object({
  template: z.object({
    spec: z.object({
      containers: z.tuple([z.object({ env: z.array(z.strictObject({ name: z.string(), value: z.string() })) })]),
    }),
  }),
})

/** The environment of the Deployment's container. */
export function envOf(objects: readonly KubeObject[]): Readonly<Record<string, string>> {
  const { template } = deployment.parse(objects.find(({ kind }) => kind === 'Deployment')?.spec)
  return Object.fromEntries(template.spec.containers[0].env.map(({ name, value }) => [name, value]))
}

export type Rule = {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly verbs: readonly string[]
}

const rules = z.array(
  z.strictObject({
    apiGroups: z.array(z.string()),
    resources: z.array(z.string()),
    resourceNames: z.array(z.string()).optional(),
    verbs: z.array(z.string()),
  }),
)

/** Every rule of every role among the objects. */
export function rulesOf(objects: readonly KubeObject[]): readonly Rule[] {
  return objects
    .filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role')
    .flatMap((role) => rules.parse(role.rules ?? []))
}
