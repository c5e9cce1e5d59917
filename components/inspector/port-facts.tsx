'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import type { MissingTarget, PortFact } from '@/core/ports/types'
import { Findings } from '../addresses/findings'
import { DataText } from '../ui/value'

/** What a port leads to in the pods, the pods that lack it, and what its fields mean. */
export function PortFacts({ fact }: { fact: PortFact }) {
  const t = useTranslations('ports')
  const { groups, missing, missingCount, findings, target } = fact
  return (
    <div className="mt-1 text-small text-text-2">
      {groups.length > 0 && (
        <ul className="flex flex-wrap gap-x-3">
          {groups.map(({ number, pods, examples }) => (
            <li
              key={number}
              data-target={target}
              data-target-number={number}
              data-pods={pods}
              title={examples.join(', ')}
            >
              {t('group', { number, pods })}
            </li>
          ))}
        </ul>
      )}
      <Findings findings={findings} area="ports.finding" className="mt-1 gap-1" />
      {missingCount > 0 && (
        <details className="mt-1">
          <summary className="cursor-pointer hover:text-text max-md:min-h-11">
            {t('missingTitle', { count: missingCount })}
          </summary>
          <ul>
            {missing.map((one) => (
              <MissingRow key={one.pod} missing={one} />
            ))}
            {missingCount > missing.length && <li>{t('andMore', { count: missingCount - missing.length })}</li>}
          </ul>
        </details>
      )}
    </div>
  )
}

function MissingRow({ missing }: { missing: MissingTarget }) {
  const t = useTranslations('ports')
  const { change } = usePageQuery()
  const { pod, otherProtocols } = missing
  const [namespace = '', name = ''] = pod.split('/')
  return (
    <li data-missing-target={pod} className="flex flex-wrap items-baseline gap-x-2">
      <button
        type="button"
        onClick={() => change({ focus: { kind: 'Pod', namespace, name }, tab: undefined })}
        className="min-h-6 text-left underline decoration-line-2 underline-offset-2 wrap-anywhere hover:decoration-current max-md:min-h-11"
      >
        <DataText>{name}</DataText>
      </button>
      {otherProtocols.length > 0 && <span>{t('missingOther', { protocols: otherProtocols.join(', ') })}</span>}
    </li>
  )
}
