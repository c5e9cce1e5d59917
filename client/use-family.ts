'use client'
// The address family that the page shows.

import { useMemo } from 'react'
import type { IpFamily } from '@/core/model/records'
import { defaultFamily, familiesSeen } from '@/core/model/shown-family'
import { usePageQuery } from './url-state'
import { type Overview, useOverview } from './use-overview'
import { useRoute } from './use-route'

const nothing = { services: [], nodes: [] } satisfies Pick<Overview, 'services' | 'nodes'>

/** The family meant where nobody names one: the cluster's only one, else IPv4. */
export function useDefaultFamily(): IpFamily {
  const { services, nodes } = useOverview() ?? nothing
  return useMemo(() => defaultFamily({ services, nodes }), [services, nodes])
}

/** The families that the cluster has; empty until something is known. */
export function useFamilies(): readonly IpFamily[] {
  const { services, nodes } = useOverview() ?? nothing
  return useMemo(() => familiesSeen({ services, nodes }), [services, nodes])
}

/** The family in sight: the one asked for, else the focused Service's own first, else the cluster's. */
export function useShownFamily(): IpFamily {
  const { query } = usePageQuery()
  const route = useRoute()
  const own = useDefaultFamily()
  return query.family ?? route?.family ?? own
}
