// The silhouettes of section 2 of the design language. Shape says it, colour repeats it: each must be told apart at 10 px.
// They are decoration beside their word, hence hidden from screen readers.

import clsx from 'clsx'
import type { PodCondition } from '@/core/graph/types'
import type { Severity } from '@/core/model/reason'

type GlyphProps = { readonly size?: number; readonly className?: string }

/** ready = disc · serving while terminating = left half filled · not ready = ring with a bar · outside = small thin ring. */
export function ConditionGlyph({ condition, size = 12, className }: GlyphProps & { condition: PodCondition }) {
  return (
    <svg viewBox="0 0 12 12" width={size} height={size} className={clsx('shrink-0', className)} aria-hidden="true">
      {condition === 'ready' && <circle cx="6" cy="6" r="5" className="fill-pod" />}
      {condition === 'servingTerminating' && (
        <>
          <path d="M6 1.2a4.8 4.8 0 0 0 0 9.6z" className="fill-term-fill" />
          <circle cx="6" cy="6" r="4.6" className="fill-none stroke-term" strokeWidth="1.4" />
        </>
      )}
      {condition === 'notReady' && (
        <>
          <circle cx="6" cy="6" r="4.7" className="fill-bad/20 stroke-bad" strokeWidth="1.5" />
          <path d="M3.4 6h5.2" className="stroke-bad" strokeWidth="1.8" />
        </>
      )}
      {condition === 'outside' && <circle cx="6" cy="6" r="3.6" className="fill-none stroke-pod" strokeWidth="1.1" />}
      {condition === 'unknown' && (
        <circle cx="6" cy="6" r="4.6" className="fill-none stroke-unk" strokeWidth="1.5" strokeDasharray="1.4 1.5" />
      )}
    </svg>
  )
}

export type ServiceShape = 'clusterIP' | 'loadBalancer' | 'headless' | 'externalName'

/** Which of the four Service shapes it is: the way it is reached, not its every setting. */
export function serviceShape(service: { readonly type: string; readonly headless: boolean }): ServiceShape {
  if (service.type === 'ExternalName') return 'externalName'
  if (service.headless) return 'headless'
  return service.type === 'LoadBalancer' ? 'loadBalancer' : 'clusterIP'
}

export function ServiceGlyph({ shape, size = 13, className }: GlyphProps & { shape: ServiceShape }) {
  return (
    <svg viewBox="0 0 13 13" width={size} height={size} className={clsx('shrink-0', className)} aria-hidden="true">
      {shape === 'externalName' ? (
        <path d="M3 10l7-7M4.6 3H10v5.4" className="fill-none stroke-vip" strokeWidth="1.6" />
      ) : (
        <path
          d="M6.5 1.3l5.2 5.2-5.2 5.2L1.3 6.5z"
          className={clsx('stroke-vip', shape === 'loadBalancer' ? 'fill-vip' : 'fill-none')}
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeDasharray={shape === 'headless' ? '2.2 1.7' : undefined}
        />
      )}
    </svg>
  )
}

export function NodeGlyph({ size = 13, className }: GlyphProps) {
  return (
    <svg viewBox="0 0 13 13" width={size} height={size} className={clsx('shrink-0', className)} aria-hidden="true">
      <rect x="1.8" y="1.8" width="9.4" height="9.4" rx="1.6" className="fill-none stroke-node" strokeWidth="1.5" />
    </svg>
  )
}

export function SliceGlyph({ size = 13, className }: GlyphProps) {
  return (
    <svg viewBox="0 0 13 13" width={size} height={size} className={clsx('shrink-0', className)} aria-hidden="true">
      <path d="M1.2 4.4h3v4.2h-3zM5 4.4h3v4.2H5z" className="fill-pod" />
      <path d="M9.2 4.8h2.6v3.4H9.2z" className="fill-none stroke-pod" strokeWidth="0.9" />
    </svg>
  )
}

/** breaks traffic = filled octagon "!" · needs a look = triangle "!" · note = ring "i". */
export function SeverityGlyph({ severity, size = 14, className }: GlyphProps & { severity: Severity }) {
  return (
    <svg viewBox="0 0 14 14" width={size} height={size} className={clsx('shrink-0', className)} aria-hidden="true">
      {severity === 'crit' && (
        <>
          <path d="M4.3.8h5.4l3.5 3.5v5.4l-3.5 3.5H4.3L.8 9.7V4.3z" className="fill-crit" />
          <path d="M7 3.4v4.2M7 9.3v1.5" className="stroke-bg" strokeWidth="1.7" />
        </>
      )}
      {severity === 'warn' && (
        <>
          <path d="M7 1l6.4 11.6H.6z" className="fill-warn-fill stroke-warn" strokeWidth="0.9" strokeLinejoin="round" />
          <path d="M7 5v3.9M7 10.1v1.5" className="stroke-warn-ink" strokeWidth="1.5" />
        </>
      )}
      {severity === 'info' && (
        <>
          <circle cx="7" cy="7" r="5.7" className="fill-none stroke-info" strokeWidth="1.4" />
          <path d="M7 6.2v4M7 3.6v1.4" className="stroke-info" strokeWidth="1.6" />
        </>
      )}
    </svg>
  )
}

export type StreamShape = 'synced' | 'connecting' | 'stale' | 'forbidden' | 'broken'

/** synced = disc with halo · connecting = open ring, the only thing that turns · stale = triangle · not permitted = octagon · broken = cross. */
export function StreamGlyph({ shape, size = 14, className }: GlyphProps & { shape: StreamShape }) {
  return (
    <svg
      viewBox="0 0 14 14"
      width={size}
      height={size}
      className={clsx('shrink-0', shape === 'connecting' && 'animate-spin', className)}
      aria-hidden="true"
    >
      {shape === 'synced' && (
        <>
          <circle cx="7" cy="7" r="6.5" className="fill-stay/25" />
          <circle cx="7" cy="7" r="4" className="fill-stay" />
        </>
      )}
      {shape === 'connecting' && (
        <path d="M7 2a5 5 0 1 1-4.3 2.5" className="fill-none stroke-info" strokeWidth="2" strokeLinecap="round" />
      )}
      {shape === 'stale' && <path d="M7 1.8l5.8 10.6H1.2z" className="fill-warn-fill" />}
      {shape === 'forbidden' && <path d="M4.5 1.2h5l3.3 3.3v5l-3.3 3.3h-5L1.2 9.5v-5z" className="fill-crit" />}
      {shape === 'broken' && <path d="M2.6 2.6l8.8 8.8M11.4 2.6l-8.8 8.8" className="stroke-crit" strokeWidth="2.4" />}
    </svg>
  )
}
