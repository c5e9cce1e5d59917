'use client'

import clsx from 'clsx'
import { usePageQuery } from '@/client/url-state'
import type { ObjectRef } from '@/core/explain/types'
import type { FocusRef } from '@/core/graph/page-refs'
import { DataText } from '../ui/value'

/** The name of an object; one the map can show is a link to it there. */
export function ObjectLink({ object, className }: { object: ObjectRef; className?: string }) {
  const { change } = usePageQuery()
  const focus = focusOf(object)
  if (!focus) return <DataText className={clsx('text-text-3 wrap-anywhere', className)}>{object.id}</DataText>
  return (
    <button
      type="button"
      data-kind={object.kind}
      data-id={object.id}
      onClick={() => change({ view: 'map', focus, tab: undefined })}
      className={clsx(
        'min-h-6 min-w-0 text-left text-text-2 underline decoration-line-2 underline-offset-2 wrap-anywhere hover:text-text hover:decoration-current max-md:min-h-11',
        className,
      )}
    >
      <DataText>{object.id}</DataText>
    </button>
  )
}

function focusOf({ kind, id }: ObjectRef): FocusRef | undefined {
  if (kind === 'Node') return { kind, name: id }
  if (kind !== 'Service' && kind !== 'Pod' && kind !== 'EndpointSlice') return undefined
  const slash = id.indexOf('/')
  return slash < 0 ? undefined : { kind, namespace: id.slice(0, slash), name: id.slice(slash + 1) }
}
