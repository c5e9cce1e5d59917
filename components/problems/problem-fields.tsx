'use client'

import { usePageQuery } from '@/client/url-state'
import type { FocusRef } from '@/core/graph/page-refs'
import type { ProblemField } from '@/core/problems/types'
import { DataText } from '../ui/value'

/** The fields that decide a problem, each with the objects it stands in. Those of another object lead to it. */
export function ProblemFields({ fields, object }: { fields: readonly ProblemField[]; object: string }) {
  return (
    <ul className="flex flex-col gap-1">
      {[...byField(fields)].map(([field, objects]) => (
        <li key={field} className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-0.5 text-small">
          <code className="font-mono text-text wrap-anywhere">{field}</code>
          {objects.map((one) => (
            <FieldObject key={`${one.kind}/${one.id}`} of={one} own={one.kind === 'Service' && one.id === object} />
          ))}
        </li>
      ))}
    </ul>
  )
}

function FieldObject({ of, own }: { of: ProblemField; own: boolean }) {
  const { change } = usePageQuery()
  const kind = <span translate="no">{of.kind}</span>
  if (own) return <span className="text-text-3">{kind}</span>
  const focus = refOf(of)
  if (!focus) {
    return (
      <span className="min-w-0 text-text-2">
        {kind} <DataText className="wrap-anywhere">{of.id}</DataText>
      </span>
    )
  }
  return (
    <button
      type="button"
      onClick={() => change({ focus })}
      className="min-h-6 min-w-0 text-left text-text-2 underline decoration-line-2 underline-offset-2 hover:text-text max-md:min-h-11"
    >
      {kind} <DataText className="wrap-anywhere">{of.id}</DataText>
    </button>
  )
}

function byField(fields: readonly ProblemField[]): ReadonlyMap<string, readonly ProblemField[]> {
  const found = new Map<string, ProblemField[]>()
  for (const one of fields) found.set(one.field, [...(found.get(one.field) ?? []), one])
  return found
}

// An Ingress or a route has no page of its own.
function refOf({ kind, id }: ProblemField): FocusRef | undefined {
  if (kind === 'Ingress' || kind === 'HTTPRoute') return undefined
  if (kind === 'Node') return { kind, name: id }
  const slash = id.indexOf('/')
  return { kind, namespace: id.slice(0, slash), name: id.slice(slash + 1) }
}
