'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { Choice } from './choice'

/** Whether the connection starts on a pod or node, or outside the cluster. */
export function SideSwitch() {
  const t = useTranslations('explain')
  const { query, change } = usePageQuery()
  return (
    <Choice
      label={t('side')}
      value={query.outside ? 'outside' : 'inside'}
      onChange={(side) =>
        change({ outside: side === 'outside' ? { node: undefined } : undefined, client: undefined, way: undefined })
      }
      options={[
        ['inside', t('sideInside')],
        ['outside', t('sideOutside')],
      ]}
    />
  )
}
