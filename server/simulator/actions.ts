// What a person can make happen in the embedded cluster, and nowhere else.

import { z } from 'zod'

const label = z.string().min(1).max(253)
/** A Service, a workload or, where it says so, one pod. */
const object = { namespace: label, name: label }

const scale = z.strictObject({ ...object, replicas: z.int().min(0).max(60) })
const onObject = z.strictObject(object)
const onPods = z.strictObject({ ...object, pods: z.int().min(1).max(60).default(1) })
const onNode = z.strictObject({ node: label })
const onZone = z.strictObject({ zone: label })
const onCrds = z.strictObject({ installed: z.boolean() })

/** Every action with the shape of its arguments. `failProbe` and `fix` also take a pod. */
const argumentsOf = {
  scale,
  rollOut: onObject,
  failProbe: onPods,
  fix: onObject,
  drain: onNode,
  uncordon: onNode,
  failZone: onZone,
  healZone: onZone,
  gatewayApi: onCrds,
} as const

export type DemoAction = keyof typeof argumentsOf

export const demoActions = Object.keys(argumentsOf) as readonly DemoAction[]

export type DemoCommand = { [A in DemoAction]: { action: A; args: z.output<(typeof argumentsOf)[A]> } }[DemoAction]

/** Why an action cannot be done. `problem` is a key of messages/en/errors.json, `values` fill its sentence. */
export type DemoProblem = {
  readonly problem: DemoProblemCode
  readonly values: Readonly<Record<string, string | number>>
}
export type DemoResult = { readonly ok: true } | ({ readonly ok: false } & DemoProblem)

export type DemoProblemCode =
  | 'demo-unknown-action'
  | 'demo-bad-argument'
  | 'demo-unknown-object'
  | 'demo-unknown-node'
  | 'demo-unknown-zone'
  | 'demo-no-workload'
  | 'demo-not-scalable'
  | 'demo-no-pod-to-fail'
  | 'demo-nothing-to-fix'
  | 'demo-already-so'

/** Thrown inside the simulator where an action meets its problem; outside it is a DemoResult. */
export class ControlError extends Error implements DemoProblem {
  constructor(
    readonly problem: DemoProblemCode,
    readonly values: DemoProblem['values'] = {},
  ) {
    super(problem)
    this.name = 'ControlError'
  }
}

/** Reads an action as it comes from a browser. Throws ControlError. */
export function readCommand(action: string, args: unknown): DemoCommand {
  if (!isAction(action)) throw new ControlError('demo-unknown-action', { action })
  const parsed = argumentsOf[action].safeParse(args)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const field = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.')
    throw new ControlError('demo-bad-argument', { action, field: field || 'args' })
  }
  // The table pairs every action with its own arguments, which the type of a lookup by a union cannot say.
  return { action, args: parsed.data } as DemoCommand
}

const isAction = (action: string): action is DemoAction => Object.hasOwn(argumentsOf, action)
