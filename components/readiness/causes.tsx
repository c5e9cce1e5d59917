import type { Reason } from '@/core/model/reason'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'

/** Why something is not ready, the weightiest first. */
export function Causes({ causes }: { causes: readonly Reason[] }) {
  if (causes.length === 0) return null
  return (
    <ul className="flex flex-col gap-1.5">
      {causes.map((cause) => (
        <li
          key={`${cause.code}/${JSON.stringify(cause.values)}`}
          data-cause={cause.code}
          className="flex items-start gap-2"
        >
          <SeverityGlyph severity="warn" size={14} className="mt-0.5" />
          <span className="min-w-0 wrap-anywhere">
            <ReasonText reason={cause} />
          </span>
        </li>
      ))}
    </ul>
  )
}
