// Kind envvars: the environment variables that Services give, in order.
import { serviceVariables } from '../../core/discovery/environment.ts'
import { difference } from './difference.ts'
import { parseRecord } from './topology-input.ts'

type Vector = { readonly input: { readonly services: readonly unknown[] | null }; readonly expect: unknown }

/** The difference between the variables expected and ours, or undefined. */
export function checkEnvironment(raw: unknown): string | undefined {
  const { input, expect } = raw as Vector
  const variables = (input.services ?? []).flatMap((service) => serviceVariables(parseRecord('Service', service)))
  return difference(
    expect === null ? [] : expect,
    variables.map(({ name, value }) => [name, value]),
  )
}
