'use client'

import { useTranslations } from 'next-intl'
import type { FanOuts } from '@/core/cost/fan-out'
import { ETCD_LIMIT } from '@/core/endpoints/etcd-limit'
import type { PageSum } from '@/core/graph/page-sum'
import { Button } from '../ui/button'
import { SeverityGlyph } from '../ui/glyphs'
import { useByteRate, useBytes } from './use-bytes'

type SentCardProps = {
  readonly way: 'slices' | 'endpoints'
  readonly sent: FanOuts
  readonly sum: PageSum
  readonly onWhole: () => void
}

/** What one change of one pod sends by one of the ways. The formula is the answer: its factors are what the sliders say. */
export function SentCard({ way, sent, sum, onWhole }: SentCardProps) {
  const t = useTranslations('cost')
  const size = useBytes()
  const rate = useByteRate()
  const { encoding, nodes, changes } = sum
  const { objects, toAll, perChange, perSecond } = sent[way]
  const all = size(toAll[encoding])
  return (
    <div className="min-w-0 rounded-group border border-line bg-surface p-4" data-sent={way}>
      <h3 className="flex flex-wrap justify-between gap-x-3 text-card">
        {t(`live.${way}`)}
        <span className="font-normal text-text-3">{t('sum.objects', { count: objects })}</span>
      </h3>
      <p className="mt-1 text-verdict" data-all={Math.round(toAll[encoding])}>
        {all}
      </p>
      <p className="text-text-2">{t('sum.one')}</p>
      <Holds way={way} sent={sent} sum={sum} onWhole={onWhole} />
      <p className="mt-2 font-mono text-small wrap-anywhere">
        {t(way === 'slices' ? 'sum.formulaSlices' : 'sum.formulaEndpoints', {
          bytes: size(perChange[encoding]),
          nodes,
          all,
        })}
      </p>
      <p className="font-mono text-small wrap-anywhere">
        {t('sum.rate', { changes, rate: rate(perSecond[encoding]) })}
      </p>
    </div>
  )
}

// Beside the number: how many of the addresses it pays for.
function Holds({ way, sent, sum: { pods, encoding }, onWhole }: SentCardProps) {
  const t = useTranslations('cost.sum')
  const size = useBytes()
  const { addresses } = sent[way]
  const { whole, slices } = sent
  const line = (text: string) => (
    <p className="text-text-2" data-holds={addresses}>
      {text}
    </p>
  )
  if (addresses >= pods) {
    return line(
      addresses < slices.addresses ? t('firstFamily', { addresses, all: slices.addresses }) : t('all', { addresses }),
    )
  }
  const isTooLarge = whole.perChange.protobuf > ETCD_LIMIT
  return (
    <div
      className="mt-2 flex items-start gap-2 rounded-chip bg-[color-mix(in_srgb,var(--warn)_12%,var(--surface))] px-2.5 py-2"
      data-holds={addresses}
      data-whole={isTooLarge ? 'too-large' : 'fits'}
    >
      <span className="mt-0.5">
        <SeverityGlyph severity="warn" />
      </span>
      <div className="min-w-0">
        <p>{t('part', { addresses, pods, missing: pods - addresses })}</p>
        <p>
          {isTooLarge
            ? t('wholeTooLarge', { pods, size: size(whole.perChange.protobuf) })
            : t('whole', { pods, size: size(whole.perChange[encoding]), all: size(whole.toAll[encoding]) })}
        </p>
        <Button className="mt-2" onClick={onWhole}>
          {t('compareWhole')}
        </Button>
      </div>
    </div>
  )
}
