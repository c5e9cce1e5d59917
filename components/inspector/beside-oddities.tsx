'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { Beside } from '@/core/endpoints/beside'
import { ETCD_LIMIT } from '@/core/endpoints/etcd-limit'
import type { ServiceDetail } from '@/core/graph/types'
import { useBytes } from '../cost/use-bytes'
import { visibleText } from '../ui/visible-text'

const SHOWN = 50

/** Duplicates, labels against owners, the limit of slices and that of etcd. */
export function BesideOddities({ beside, service }: { beside: Beside; service: ServiceDetail }) {
  return (
    <>
      <Duplicates beside={beside} />
      <Strays beside={beside} />
      <Limits beside={beside} service={service} />
    </>
  )
}

function Duplicates({ beside: { duplicates } }: { beside: Beside }) {
  const t = useTranslations('cost.beside')
  const { count, isTwoGenerations, shown, several } = duplicates
  return (
    <>
      {count > 0 && (
        <div data-duplicates={count}>
          <p>{t('duplicates', { count })}</p>
          {isTwoGenerations && <p className="mt-1">{t('generations')}</p>}
          <Details
            lines={shown.map(({ address, slices }) =>
              t('inSlices', { address, slices: slices.map(({ name }) => name).join(', ') }),
            )}
            count={count}
          />
        </div>
      )}
      {several.count > 0 && (
        <div data-several={several.count}>
          <p>{t('several', { count: several.count })}</p>
          <Details
            lines={several.shown.map(({ slice, used, unused }) =>
              t('severalOf', { slice, used, unused: unused.join(', ') }),
            )}
            count={several.count}
          />
        </div>
      )}
    </>
  )
}

function Details({ lines, count }: { lines: readonly string[]; count: number }) {
  const t = useTranslations('cost.beside')
  const shown = lines.slice(0, SHOWN)
  return (
    <details>
      <summary className="cursor-pointer text-small text-text-2 hover:text-text">{t('which')}</summary>
      <ul className="mt-1 max-h-60 overflow-y-auto text-small">
        {shown.map((line) => (
          <li key={line} className="wrap-anywhere">
            <bdi>{visibleText(line)}</bdi>
          </li>
        ))}
      </ul>
      {count > shown.length && <p className="text-small text-text-3">{t('more', { count: count - shown.length })}</p>}
    </details>
  )
}

function Strays({ beside: { strays } }: { beside: Beside }) {
  const t = useTranslations('cost.beside')
  if (strays.length === 0) return null
  return (
    <ul>
      {strays.slice(0, SHOWN).map(({ slice, label = t('noLabel'), owner = t('noLabel'), code }) => (
        <li key={slice} data-stray={code} className="wrap-anywhere">
          {t(`stray.${code}`, { slice: visibleText(slice), label: visibleText(label), owner: visibleText(owner) })}
        </li>
      ))}
    </ul>
  )
}

function Limits({ beside: { legacy, slices }, service }: { beside: Beside; service: ServiceDetail }) {
  const t = useTranslations('cost.beside')
  const format = useFormatter()
  const size = useBytes()
  const { value, known } = service.sliceLimit
  const near = (bytes: number) => ({
    size: size(bytes),
    limit: size(ETCD_LIMIT),
    share: format.number(bytes / ETCD_LIMIT, { style: 'percent', maximumSignificantDigits: 2 }),
  })
  const listed = legacy ? legacy.ready + legacy.notReady : 0
  return (
    <dl className="flex flex-col gap-2">
      {service.selector && service.type !== 'ExternalName' && (
        <div data-limit={value}>
          <dt className="text-caption text-text-3">{t('limit.title')}</dt>
          <dd>{t(known === 'default' ? 'limit.default' : value > 100 ? 'limit.fuller' : 'limit.packed', { value })}</dd>
        </div>
      )}
      {(legacy || slices.largest) && (
        <div data-etcd={legacy?.bytes.protobuf ?? 0}>
          <dt className="text-caption text-text-3">{t('etcd.title')}</dt>
          {legacy && (
            <dd>
              {t('etcd.endpoints', {
                ...near(legacy.bytes.protobuf),
                room: roomFor(legacy.bytes.protobuf, listed),
              })}
            </dd>
          )}
          {slices.largest && (
            <dd className="wrap-anywhere">
              {t('etcd.slice', {
                name: visibleText(slices.largest.name),
                ...near(slices.largest.bytes.protobuf),
              })}
            </dd>
          )}
        </div>
      )}
    </dl>
  )
}

// Addresses as large as those that are there; of none, middling ones.
const MIDDLING = 139
const roomFor = (bytes: number, listed: number) =>
  Math.max(0, Math.floor((ETCD_LIMIT - bytes) / (listed > 10 ? bytes / listed : MIDDLING)))
