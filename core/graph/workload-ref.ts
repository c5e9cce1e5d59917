// A workload as a page names it: `Deployment/shop/cart`. It is known by the owner references of its pods alone (rule W1).

export type WorkloadRef = { readonly kind: string; readonly namespace: string; readonly name: string }

/** Undefined: not of the form `Kind/namespace/name`. Any kind of owner is taken, those of operators too. */
export function parseWorkloadRef(text: string): WorkloadRef | undefined {
  const [kind = '', namespace = '', name = '', ...more] = text.split('/')
  const isRef = /^[A-Za-z][A-Za-z0-9]{0,62}$/.test(kind) && isName(namespace) && isName(name) && more.length === 0
  return isRef ? { kind, namespace, name } : undefined
}

export const formatWorkloadRef = ({ kind, namespace, name }: WorkloadRef): string => `${kind}/${namespace}/${name}`

/** The workload that a pod's summary names as `Kind/name`; undefined for a pod of its own. */
export function workloadOfPod(pod: { readonly namespace: string; readonly workload: string | null }) {
  const slash = pod.workload?.indexOf('/') ?? -1
  if (pod.workload === null || slash < 1) return undefined
  return { kind: pod.workload.slice(0, slash), namespace: pod.namespace, name: pod.workload.slice(slash + 1) }
}

const isName = (name: string) => name.length > 0 && name.length <= 253 && !/[/,:\s]/.test(name)
