'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { type FanOut, type FanOuts, fanOut } from '@/core/cost/fan-out'
import { addressesWithin } from '@/core/cost/typical'
import { ETCD_LIMIT } from '@/core/endpoints/etcd-limit'
import type { PageSum } from '@/core/graph/page-sum'
import { Choice } from '../explain/choice'
import { Button } from '../ui/button'
import { SentCard } from './sent-card'
import { SliderField } from './slider-field'
import { useBytes } from './use-bytes'
import { useSum } from './use-sum'

const familiesOf = { ipv4: ['IPv4'], ipv6: ['IPv6'], dual: ['IPv4', 'IPv6'] } as const

/** The arithmetic of fan-out with sliders: one slice to every node against one Endpoints object to every node. */
export function Calculator() {
  const t = useTranslations('cost.sum')
  const { sum, set } = useSum()
  const sent = useMemo(() => sentOf(sum), [sum])
  return (
    <section className="flex flex-col gap-4 border-b border-line px-6 py-5 max-md:px-4" data-calculator="">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-title">{t('title')}</h2>
        <Button title={t('presetMeaning')} onClick={() => set(preset)}>
          {t('preset')}
        </Button>
      </div>
      <div className="grid gap-x-8 gap-y-3 md:grid-cols-2 2xl:grid-cols-4">
        {(['pods', 'nodes', 'perSlice', 'changes'] as const).map((figure) => (
          <SliderField
            key={figure}
            label={t(figure)}
            figure={figure}
            value={sum[figure]}
            onChange={(value) => set({ [figure]: value })}
          />
        ))}
      </div>
      <div className="flex flex-wrap gap-x-6 gap-y-3">
        <Labelled label={t('families')}>
          <Choice
            label={t('families')}
            value={sum.families}
            onChange={(families) => set({ families })}
            options={[
              ['ipv4', t('ipv4')],
              ['ipv6', t('ipv6')],
              ['dual', t('dual')],
            ]}
          />
        </Labelled>
        <Labelled label={t('limit')}>
          <Choice
            label={t('limit')}
            value={sum.limit}
            onChange={(limit) => set({ limit })}
            options={[
              ['cut', t('cut')],
              ['uncut', t('uncut')],
            ]}
          />
        </Labelled>
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        <SentCard way="slices" sent={sent} sum={sum} onWhole={() => set({ limit: 'uncut' })} />
        <SentCard way="endpoints" sent={sent} sum={sum} onWhole={() => set({ limit: 'uncut' })} />
      </div>
      <Ratio sent={sent} sum={sum} />
      <Etcd {...sent.endpoints} />
      <p className="text-small text-text-3">{t('sizes')}</p>
    </section>
  )
}

const sentOf = ({ pods, nodes, perSlice, changes, families, limit }: PageSum): FanOuts =>
  fanOut({
    ...{ pods, perSlice },
    watchers: nodes,
    changesPerSecond: changes,
    families: familiesOf[families],
    isTruncated: limit === 'cut',
  })

// Its megabytes are those etcd holds, which are protobuf.
const preset: Partial<PageSum> = {
  ...{ pods: addressesWithin(1.5e6, 'IPv4'), nodes: 3000 },
  ...{ limit: 'uncut', encoding: 'protobuf', families: 'ipv4' },
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span aria-hidden="true" className="text-text-2">
        {label}
      </span>
      {children}
    </div>
  )
}

// A comparison with an object that says less says so in the same sentence.
function Ratio({ sent: { slices, endpoints, whole }, sum: { pods, encoding } }: { sent: FanOuts; sum: PageSum }) {
  const t = useTranslations('cost.sum')
  const format = useFormatter()
  const times = ({ toAll }: FanOut) => toAll[encoding] / slices.toAll[encoding]
  const factor = (of: FanOut) => format.number(times(of), { maximumSignificantDigits: 2 })
  return (
    <p className="font-semibold" data-ratio={times(endpoints).toFixed(2)}>
      {endpoints.addresses < pods
        ? t('ratioPart', {
            factor: factor(endpoints),
            whole: factor(whole),
            addresses: endpoints.addresses,
            pods,
            fits: whole.perChange.protobuf > ETCD_LIMIT ? 'no' : 'yes',
          })
        : t('ratio', { factor: factor(endpoints) })}
    </p>
  )
}

function Etcd({ addresses: pods, perChange: { protobuf: bytes } }: FanOut) {
  const t = useTranslations('cost.sum')
  const format = useFormatter()
  const size = useBytes()
  const share = format.number(bytes / ETCD_LIMIT, { style: 'percent', maximumSignificantDigits: 2 })
  return (
    <p className={bytes > ETCD_LIMIT ? 'text-bad' : 'text-text-2'}>
      {bytes > ETCD_LIMIT ? t('overEtcd', { pods, size: size(bytes) }) : t('etcd', { pods, size: size(bytes), share })}
    </p>
  )
}
