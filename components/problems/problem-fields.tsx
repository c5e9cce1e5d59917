'use client'

import { usePageQuery } from '@/client/url-state'
import type { FocusRef } from '@/core/graph/page-query'
import type { ProblemField } from '@/core/problems/types'
import { DataText } from '../ui/value'

/** The fields that decide a problem. Those of another object lead to it. */
export function ProblemFields({ fields, object }: { fields: readonly ProblemField[]; object: string }) {
  const { change } = usePageQuery()
  return (
    <ul className="flex flex-col gap-1">
      {fields.map((one) => {
        const own = one.kind === 'Service' && one.id === object
        return (
          <li key={`${one.kind}/${one.id}/${one.field}`} className="grid grid-cols-[minmax(0,1fr)] text-small">
            <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
              <code className="font-mono text-text wrap-anywhere">{one.field}</code>
              {own ? (
                <span className="text-text-3" translate="no">
                  {one.kind}
                </span>
              ) : (
                <button
                  type="button"
                  onClick={() => change({ focus: refOf(one) })}
                  className="min-h-6 min-w-0 text-left text-text-2 underline decoration-line-2 underline-offset-2 hover:text-text max-md:min-h-11"
                >
                  <span translate="no">{one.kind}</span> <DataText className="wrap-anywhere">{one.id}</DataText>
                </button>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function refOf({ kind, id }: ProblemField): FocusRef {
  if (kind === 'Node') return { kind, name: id }
  const slash = id.indexOf('/')
  return { kind, namespace: id.slice(0, slash), name: id.slice(slash + 1) }
}
