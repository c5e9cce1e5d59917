'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Shown } from './hidden-value'

/** Which field of which API object a text on the screen is: `data-field` is the API path, e.g. `spec.ports[0].nodePort`. */
export type FieldOf = { readonly kind: string; readonly id: string; readonly field: string }

/** Text of the cluster: isolated from the direction of its surroundings, control characters visible. */
export function DataText({ children, className }: { children: string; className?: string }) {
  return (
    <bdi className={className}>
      <Shown text={children} />
    </bdi>
  )
}

type ValueProps = {
  readonly of: FieldOf
  readonly value: string | number | boolean | null | undefined
  readonly mono?: boolean
  readonly className?: string
}

/** One field of one object. What the object does not say is said: "not set". */
export function Value({ of, value, mono = false, className }: ValueProps) {
  const set = value !== null && value !== undefined && value !== ''
  return (
    <span
      data-kind={of.kind}
      data-id={of.id}
      data-field={of.field}
      className={clsx(mono && set && 'font-mono', !set && 'text-text-3', 'wrap-anywhere', className)}
    >
      {set ? <DataText>{String(value)}</DataText> : <NotSet />}
    </span>
  )
}

function NotSet() {
  const t = useTranslations('inspector')
  return <>{t('notSet')}</>
}

/** Marks its content as showing a field, where a plain value is not enough. */
export function FieldMark({ of, className, children }: { of: FieldOf; className?: string; children: ReactNode }) {
  return (
    <span data-kind={of.kind} data-id={of.id} data-field={of.field} className={className}>
      {children}
    </span>
  )
}
