'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { type FanOut, type FanOutOf, fanOut } from '@/core/cost/fan-out'
import { addressesWithin } from '@/core/cost/typical'
import type { Bytes } from '@/core/cost/wire-size'
import { ETCD_LIMIT } from '@/core/endpoints/etcd-limit'
import { Choice } from '../explain/choice'
import { Button } from '../ui/button'
import { SliderField } from './slider-field'
import { useByteRate, useBytes } from './use-bytes'

type Families = 'ipv4' | 'ipv6' | 'dual'
const familiesOf = { ipv4: ['IPv4'], ipv6: ['IPv6'], dual: ['IPv4', 'IPv6'] } as const

type CalculatorProps = { encoding: keyof Bytes; onEncoding: (encoding: keyof Bytes) => void }

/** The arithmetic of fan-out with sliders: one slice to every node against one Endpoints object to every node. */
export function Calculator({ encoding, onEncoding }: CalculatorProps) {
  const t = useTranslations('cost.sum')
  const format = useFormatter()
  const [of, setOf] = useState<FanOutOf>(start)
  const [families, setFamilies] = useState<Families>('ipv4')
  const set = (change: Partial<FanOutOf>) => setOf((old) => ({ ...old, ...change }))
  const sent = useMemo(() => fanOut({ ...of, families: familiesOf[families] }), [of, families])
  const ratio = sent.endpoints.toAll[encoding] / sent.slices.toAll[encoding]
  return (
    <section className="flex flex-col gap-4 border-b border-line px-6 py-5 max-md:px-4" data-calculator="">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-title">{t('title')}</h2>
        <Button
          title={t('presetMeaning')}
          onClick={() => {
            // Its megabytes are those etcd holds, which are protobuf.
            onEncoding('protobuf')
            setFamilies('ipv4')
            set({ pods: addressesWithin(1.5e6, 'IPv4'), watchers: 3000, isTruncated: false })
          }}
        >
          {t('preset')}
        </Button>
      </div>
      <div className="grid gap-x-8 gap-y-3 md:grid-cols-2 2xl:grid-cols-4">
        <SliderField label={t('pods')} value={of.pods} min={1} max={20_000} onChange={(pods) => set({ pods })} />
        <SliderField
          label={t('nodes')}
          value={of.watchers}
          min={1}
          max={5000}
          onChange={(watchers) => set({ watchers })}
        />
        <SliderField
          label={t('perSlice')}
          value={of.perSlice}
          min={1}
          max={1000}
          onChange={(perSlice) => set({ perSlice })}
        />
        <SliderField
          label={t('changes')}
          value={of.changesPerSecond}
          min={0.1}
          max={100}
          step={0.1}
          onChange={(changesPerSecond) => set({ changesPerSecond })}
        />
      </div>
      <div className="flex flex-wrap gap-x-6 gap-y-3">
        <Labelled label={t('families')}>
          <Choice
            label={t('families')}
            value={families}
            onChange={setFamilies}
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
            value={of.isTruncated ? 'cut' : 'uncut'}
            onChange={(limit) => set({ isTruncated: limit === 'cut' })}
            options={[
              ['cut', t('cut')],
              ['uncut', t('uncut')],
            ]}
          />
        </Labelled>
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        <Sent way="slices" sent={sent.slices} of={of} encoding={encoding} />
        <Sent way="endpoints" sent={sent.endpoints} of={of} encoding={encoding} />
      </div>
      <p className="font-semibold" data-ratio={ratio.toFixed(2)}>
        {t('ratio', { factor: format.number(ratio, { maximumSignificantDigits: 2 }) })}
      </p>
      <Etcd of={of} bytes={sent.endpoints.perChange.protobuf} />
      <p className="text-small text-text-3">{t('sizes')}</p>
    </section>
  )
}

const start: FanOutOf = {
  pods: 1000,
  watchers: 100,
  perSlice: 100,
  changesPerSecond: 1,
  families: ['IPv4'],
  isTruncated: true,
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

type SentProps = {
  readonly way: 'slices' | 'endpoints'
  readonly sent: FanOut
  readonly of: FanOutOf
  readonly encoding: keyof Bytes
}

// The formula is the answer: its factors are what the sliders say.
function Sent({ way, sent, of, encoding }: SentProps) {
  const t = useTranslations('cost')
  const size = useBytes()
  const rate = useByteRate()
  const all = size(sent.toAll[encoding])
  return (
    <div className="min-w-0 rounded-group border border-line bg-surface p-4" data-sent={way}>
      <h3 className="flex flex-wrap justify-between gap-x-3 text-card">
        {t(`live.${way}`)}
        <span className="font-normal text-text-3">{t('sum.objects', { count: sent.objects })}</span>
      </h3>
      <p className="mt-1 text-verdict" data-all={Math.round(sent.toAll[encoding])}>
        {all}
      </p>
      <p className="text-text-2">{t('sum.one')}</p>
      <p className="mt-2 font-mono text-small wrap-anywhere">
        {t(way === 'slices' ? 'sum.formulaSlices' : 'sum.formulaEndpoints', {
          bytes: size(sent.perChange[encoding]),
          nodes: of.watchers,
          all,
        })}
      </p>
      <p className="font-mono text-small wrap-anywhere">
        {t('sum.rate', { changes: of.changesPerSecond, rate: rate(sent.perSecond[encoding]) })}
      </p>
    </div>
  )
}

function Etcd({ of, bytes }: { of: FanOutOf; bytes: number }) {
  const t = useTranslations('cost.sum')
  const format = useFormatter()
  const size = useBytes()
  const pods = of.isTruncated ? Math.min(of.pods, 1000) : of.pods
  const share = format.number(bytes / ETCD_LIMIT, { style: 'percent', maximumSignificantDigits: 2 })
  return (
    <p className={bytes > ETCD_LIMIT ? 'text-bad' : 'text-text-2'}>
      {bytes > ETCD_LIMIT ? t('overEtcd', { pods, size: size(bytes) }) : t('etcd', { pods, size: size(bytes), share })}
    </p>
  )
}
