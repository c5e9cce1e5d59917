// Which rows a list shows; the rule is core's, so that a script sees the same rows (GET /api/view.json).

import { isNodeListed, isServiceListed, type PageFilter } from '@/core/graph/page-filter'
import type { NodeSummary, ServiceSummary } from '@/core/graph/types'

export const filterServices = (services: readonly ServiceSummary[], filter: PageFilter) =>
  services.filter((service) => isServiceListed(service, filter))

export const filterNodes = (nodes: readonly NodeSummary[], filter: PageFilter) =>
  nodes.filter((node) => isNodeListed(node, filter))
