'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { useOrphans } from '@/client/use-cost'
import { SliceGlyph } from '../ui/glyphs'
import { DataText } from '../ui/value'
import { Asked } from './asked'

/** Slices that belong to no Service: nobody is routed to them, and they stay until somebody deletes them. */
export function Orphans() {
  const t = useTranslations('cost.orphans')
  const { change } = usePageQuery()
  return (
    <section className="flex flex-col gap-2 px-6 py-5 max-md:px-4" data-orphans="">
      <h2 className="text-title">{t('title')}</h2>
      <Asked answer={useOrphans()}>
        {({ count, shown }) => (
          <>
            <p className="text-text-2">
              {count === undefined ? t('unknown') : count === 0 ? t('none') : t('count', { count })}
            </p>
            <ul>
              {shown.map(({ namespace, name, label, endpoints }) => (
                <li key={`${namespace}/${name}`}>
                  <button
                    type="button"
                    onClick={() => change({ focus: { kind: 'EndpointSlice', namespace, name }, tab: undefined })}
                    className="flex w-full flex-wrap items-baseline gap-x-3 py-1 text-left hover:underline max-md:min-h-11"
                  >
                    <SliceGlyph className="self-center" />
                    <DataText className="font-semibold wrap-anywhere">{`${namespace}/${name}`}</DataText>
                    <span className="text-text-2">
                      {label === undefined ? t('noLabel') : t('for', { name: label })}
                    </span>
                    <span className="text-text-3">{t('endpoints', { count: endpoints })}</span>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </Asked>
    </section>
  )
}
