// What a person can make happen in the embedded cluster, and nowhere else.

import { z } from 'zod'

const name = z.string().min(1).max(253)
/** `namespace/name` of a Service or of a workload. */
const target = z.string().regex(/^[^/]{1,63}\/[^/]{1,253}$/)

const scale = z.strictObject({ target, replicas: z.int().min(0).max(60) })
const pods = z.strictObject({ target, pods: z.int().min(1).max(60).default(1) })
const onTarget = z.strictObject({ target })
const onNode = z.strictObject({ node: name })
const onZone = z.strictObject({ zone: name })

/** Actions with the shape of their arguments. `failProbe` and `fix` also take the `namespace/name` of one pod. */
export const demoActions = {
  scale,
  rollOut: onTarget,
  failProbe: pods,
  fix: onTarget,
  drain: onNode,
  uncordon: onNode,
  failZone: onZone,
  healZone: onZone,
} as const

export type DemoAction = keyof typeof demoActions
export type DemoArguments = { [A in DemoAction]: z.input<(typeof demoActions)[A]> }

export const demoActionNames = Object.keys(demoActions) as DemoAction[]

/** One action with its arguments, as it comes from a browser. */
export const demoCommand = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('scale'), args: scale }),
  z.strictObject({ action: z.literal('rollOut'), args: onTarget }),
  z.strictObject({ action: z.literal('failProbe'), args: pods }),
  z.strictObject({ action: z.literal('fix'), args: onTarget }),
  z.strictObject({ action: z.literal('drain'), args: onNode }),
  z.strictObject({ action: z.literal('uncordon'), args: onNode }),
  z.strictObject({ action: z.literal('failZone'), args: onZone }),
  z.strictObject({ action: z.literal('healZone'), args: onZone }),
])

export type DemoCommand = z.output<typeof demoCommand>

export type ControlErrorCode =
  | 'demo-bad-action'
  | 'demo-unknown-target'
  | 'demo-unknown-node'
  | 'demo-unknown-zone'
  | 'demo-no-workload'
  | 'demo-not-scalable'
  | 'demo-no-pod-to-fail'
  | 'demo-nothing-to-fix'
  | 'demo-already-so'

/** An action that cannot be done. `code` is a key of messages/en/demo.json; `values` fill its sentence. */
export class ControlError extends Error {
  constructor(
    readonly code: ControlErrorCode,
    readonly values: Readonly<Record<string, string | number>> = {},
  ) {
    super(`${code} ${JSON.stringify(values)}`)
    this.name = 'ControlError'
  }
}
