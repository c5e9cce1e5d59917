'use client'

import { useTranslations } from 'next-intl'
import type { NodePorts } from '@/core/addresses/types'
import { Panel } from '../explain/panel'
import { Bar } from './usage-bar'

const MOST = 20

/** How many node ports are given out, and which are taken twice. */
export function NodePortPanel({ ports }: { ports: NodePorts }) {
  const t = useTranslations('addresses')
  const { first, last, size, source, used, free, lastAsked, outside, collisions } = ports
  const usage = { used, size: String(size) }
  return (
    <Panel title={t('nodePorts')} aside={t('nodePortRange', { first: String(first), last: String(last) })}>
      <Bar usage={usage} colour="bg-node" />
      <p className="mt-1 flex flex-wrap gap-x-3 text-small text-text-2" data-node-ports-used={used}>
        <span>{t('usage', { used: String(used), size: String(size) })}</span>
        <span>{free === null ? t('freeUnknown') : t('free', { free: String(free) })}</span>
      </p>
      <p className="mt-1 text-small text-text-2">
        <span data-node-ports-source={source}>{t(`nodePortsSource.${source}`)}</span>{' '}
        {lastAsked !== null && t('nodePortsAsked', { first: String(first), last: String(lastAsked) })}
      </p>
      {outside.length > 0 && (
        <p className="mt-2 text-small wrap-anywhere">
          {t('nodePortsOutside', { count: outside.length, source })}{' '}
          <bdi className="font-mono">
            {outside
              .slice(0, MOST)
              .map(({ port, service }) => `${port} ${service}`)
              .join(', ')}
          </bdi>
        </p>
      )}
      <ul className="mt-2 text-small">
        {collisions.length === 0 && <li className="text-text-2">{t('noCollisions')}</li>}
        {collisions.slice(0, MOST).map(({ port, uses }) => (
          <li key={port} data-collision={port} className="text-warn wrap-anywhere">
            {t('collision', {
              port: String(port),
              services: uses.map(({ service, protocol }) => `${service} (${protocol})`).join(', '),
            })}
          </li>
        ))}
        {collisions.length > MOST && <li>{t('andMore', { count: collisions.length - MOST })}</li>}
      </ul>
    </Panel>
  )
}
