import type { Pairs as PairList } from '@/core/graph/types'
import { type FieldOf, Value } from '../ui/value'

/** Labels, selectors, annotations: `key=value` chips. */
export function Pairs({ of, pairs }: { of: FieldOf; pairs: PairList | null }) {
  if (pairs === null || pairs.length === 0) return <Value of={of} value={null} />
  return (
    <ul className="flex flex-wrap gap-1.5">
      {pairs.map(([key, value]) => (
        <li key={key} className="min-w-0 rounded-chip border border-line bg-sunken px-1.5 py-0.5">
          <Value of={{ ...of, field: `${of.field}[${key}]` }} value={`${key}=${value}`} mono className="text-small" />
        </li>
      ))}
    </ul>
  )
}
