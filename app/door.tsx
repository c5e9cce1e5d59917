import { Door } from '@/components/access/door'
import { accessControl } from '@/server/access/access-control'
import type { Denial } from '@/server/access/principal'

/** What stands in place of a page for whoever is not let in: how to come in, or why nobody can. */
export function ClosedDoor({ denial }: { denial: Denial }) {
  const { mode, tokenAudience } = accessControl()
  return <Door mode={mode} code={denial.code} tokenAudience={tokenAudience} />
}
