import type { PodCondition } from '@/core/graph/types'

/** An endpoint's condition by silhouette: disc, half, ring with a bar, thin ring, dotted ring. */
export function ConditionGlyph(props: { condition: PodCondition; size?: number }) {
  const { condition, size = 10 } = props
  return (
    <svg width={size} height={size} viewBox="0 0 10 10" aria-hidden="true" className="map-glyph">
      {condition === 'ready' && <circle cx="5" cy="5" r="4.6" fill="var(--pod)" />}
      {condition === 'servingTerminating' && (
        <>
          <circle cx="5" cy="5" r="4.1" fill="none" stroke="var(--term)" strokeWidth="1.1" />
          <path d="M5 .9a4.1 4.1 0 0 0 0 8.2z" fill="var(--term-fill)" />
        </>
      )}
      {condition === 'notReady' && (
        <>
          <circle cx="5" cy="5" r="4.1" fill="none" stroke="var(--bad)" strokeWidth="1.4" />
          <path d="M2.8 5h4.4" stroke="var(--bad)" strokeWidth="1.6" />
        </>
      )}
      {condition === 'outside' && <circle cx="5" cy="5" r="3.3" fill="none" stroke="var(--pod)" strokeWidth="1" />}
      {condition === 'unknown' && (
        <circle cx="5" cy="5" r="4" fill="none" stroke="var(--unk)" strokeWidth="1.4" strokeDasharray="1.4 1.75" />
      )}
    </svg>
  )
}
