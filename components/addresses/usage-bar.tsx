'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { RangeFact, Usage } from '@/core/addresses/types'

const EXACT = 10n ** 9n

/** Whole numbers as they are, those with more than nine digits as the power of two they are next to. */
export function useBigText(): (text: string) => string {
  const t = useTranslations('addresses')
  const format = useFormatter()
  return (text) => {
    const number = BigInt(text)
    if (number <= EXACT) return format.number(Number(number))
    return t('power', { exponent: raised(Math.round(Math.log2(Number(number)))) })
  }
}

// Digits as exponents.
const raised = (number: number) => String(number).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? digit)

/** How full a range is: a bar, and the numbers that it says. */
export function UsageBar({ range, bands = false }: { range: RangeFact; bands?: boolean }) {
  const t = useTranslations('addresses')
  const big = useBigText()
  const { usage } = range
  if (!usage) return <p className="text-small text-text-3">{t('usageUnknown')}</p>
  return (
    <div className="min-w-0">
      <Bar usage={usage} colour={range.source === 'pod-cidr' ? 'bg-pod' : 'bg-vip'} />
      <p
        className="mt-1 flex flex-wrap gap-x-3 text-small text-text-2"
        data-used={usage.used}
        data-free={usage.free ?? ''}
      >
        <span>{t('usage', { used: big(String(usage.used)), size: big(usage.size) })}</span>
        <span>
          {usage.free === null
            ? t('freeUnknown')
            : t(range.source === 'pod-cidr' ? 'freeAtMost' : 'free', { free: big(usage.free) })}
        </span>
        {usage.outside > 0 && <span className="text-warn">{t('outsideRange', { count: usage.outside })}</span>}
      </p>
      {bands && usage.bands && (
        <ul className="mt-1 text-small text-text-2">
          <li className="wrap-anywhere">{t('bandAsked', bandText(usage.bands.asked, big))}</li>
          <li className="wrap-anywhere">{t('bandDrawn', bandText(usage.bands.drawn, big))}</li>
        </ul>
      )}
    </div>
  )
}

type BandOf = NonNullable<Usage['bands']>['asked']

const bandText = ({ first, last, used, size }: BandOf, big: (text: string) => string) => {
  return { first, last, used: big(String(used)), size: big(size) }
}

export function Bar({ usage, colour }: { usage: Pick<Usage, 'used' | 'size'>; colour: string }) {
  const share = Number(usage.size) === 0 ? 0 : usage.used / Number(usage.size)
  return (
    <div className="h-1.5 overflow-hidden rounded-segment border border-line bg-sunken" aria-hidden="true">
      <div className={`h-full ${colour}`} style={{ width: `${Math.min(100, share * 100)}%` }} />
    </div>
  )
}
