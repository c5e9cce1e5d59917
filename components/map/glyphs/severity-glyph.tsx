import type { Severity } from '@/core/model/reason'

/** Octagon breaks traffic, triangle needs a look, ring is a note. */
export function SeverityGlyph(props: { severity: Severity; size?: number }) {
  const { severity, size = 13 } = props
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" aria-hidden="true" className="map-glyph">
      {severity === 'crit' && (
        <>
          <path d="M4.3.8h5.4l3.5 3.5v5.4l-3.5 3.5H4.3L.8 9.7V4.3z" fill="var(--crit)" />
          <path d="M7 3.4v4.4M7 9.6v1.2" stroke="var(--ink-on)" strokeWidth="1.6" />
        </>
      )}
      {severity === 'warn' && (
        <>
          <path
            d="M7 1 13.6 12.6H.4z"
            fill="var(--warn-fill)"
            stroke="var(--warn)"
            strokeWidth=".8"
            strokeLinejoin="round"
          />
          <path d="M7 5v3.6M7 9.8v1.2" stroke="var(--warn-ink)" strokeWidth="1.5" />
        </>
      )}
      {severity === 'info' && (
        <>
          <circle cx="7" cy="7" r="5.9" fill="none" stroke="var(--info)" strokeWidth="1.3" />
          <path d="M7 6.2v4M7 3.6v1.3" stroke="var(--info)" strokeWidth="1.4" />
        </>
      )}
    </svg>
  )
}
