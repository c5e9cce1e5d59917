'use client'
import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { IpFamily } from '@/core/model/records'
import { nodeAddress } from './addresses'
import type { MapModel } from './map-model'
import { modeWord } from './nodes/node-card'
import { percent } from './percent'
import type { Scene, Target } from './scene'
import { familyCounts, serviceAddress } from './service-facts'

/** One sentence about an object of the map, for the label of the cursor. */
export function useDescribe(scene: Scene, model: MapModel, family: IpFamily): (target: Target) => string {
  const t = useTranslations('map')
  return useCallback(
    (target) => {
      const { key: name } = target
      if (target.kind === 'Service') {
        const service = model.serviceByKey.get(name)
        if (!service) return name
        const counts = familyCounts(service, family)
        const address = serviceAddress(service, family)
        const total = counts.ready + counts.servingTerminating + counts.notReady
        const at = address.text ?? t(`noAddress.${address.code}`)
        return t('cursor.service', { name, address: at, ready: counts.ready, total })
      }
      if (target.kind === 'EndpointSlice') {
        const slice = model.slices.find((one) => `${one.namespace}/${one.name}` === name)
        return t('cursor.slice', { name, count: slice?.total ?? 0, ready: slice?.counts.ready ?? 0 })
      }
      if (target.kind === 'Node') {
        const node = model.nodeByName.get(name)
        if (!node) return name
        const mode = modeWord(node.proxyMode) ?? t('modeUnknown')
        return t('cursor.node', { name, address: nodeAddress(node, family) ?? '', mode, count: node.podCount })
      }
      const pod = model.podByKey.get(name)
      if (!pod) return name
      const address = pod.podIPs.find((ip) => ip.includes(':') === (family === 'IPv6')) ?? pod.podIPs[0] ?? ''
      const condition = t(`condition.${pod.condition}`)
      const share = scene.share(target.id)
      if (share === undefined) return t('cursor.pod', { name, address, condition })
      const policy = scene.policy(target.id)
      if (policy === undefined || policy === 'allowed' || share === 0)
        return t('cursor.podShare', { name, address, condition, share: percent(share) })
      const made = t(`policyOf.${policy}`)
      return t('cursor.podChosen', { name, address, condition, share: percent(share), policy: made })
    },
    [t, scene, model, family],
  )
}
