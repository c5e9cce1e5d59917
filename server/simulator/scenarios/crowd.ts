// A Service of more pods than an Endpoints object takes: 1,100, in eleven slices, and cut at a thousand in Endpoints. The nodes are
// nearly full with them.

import { smallNodes } from './nodes'
import { deployment, service, servicePort } from './notation'
import { systemChanges, systemServices, systemWorkloads } from './system'
import type { Scenario } from './types'

const many = ['video/segments']

export const crowd: Scenario = {
  families: ['IPv4', 'IPv6'],
  maxEndpointsPerSlice: 100,
  updatesBatchMs: 1000,
  nodes: smallNodes({ unknown: false }),
  services: [
    ...systemServices,
    service('video/segments', { clusterIP: '10.96.61.10', ports: [servicePort('http', 80, 'http')] }),
    service('video/playlists', {
      clusterIP: '10.96.61.11',
      ipFamilyPolicy: 'PreferDualStack',
      ports: [servicePort('http', 80, 'http')],
    }),
  ],
  workloads: [
    ...systemWorkloads,
    deployment('video/segments', 1100, { ageDays: 12, ports: 'http:8080' }),
    deployment('video/playlists', 6, { ageDays: 12, ports: 'http:8080' }),
    deployment('video/ingest', 2, { ageDays: 12, probe: false }),
  ],
  changes: systemChanges({ staleOn: [] }),
  script: { restart: many, scale: ['video/playlists'], rollOut: [], failProbe: [], drain: [], failZone: [] },
}
