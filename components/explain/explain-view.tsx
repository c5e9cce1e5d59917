'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { useExplanation } from '@/client/use-explanation'
import type { Explanation } from '@/core/explain/types'
import { Button } from '../ui/button'
import { ReasonText } from '../ui/reason'
import { ScrollRegion } from '../ui/scroll-region'
import { AllSources } from './all-sources'
import { Candidates } from './candidates'
import { Deciders } from './deciders'
import { Evidence } from './evidence'
import { Excluded } from './excluded'
import { FlowBar } from './flow-bar'
import { HopList } from './hop-list'
import { Panel } from './panel'
import { VerdictHeader } from './verdict-header'

/** From here to there: where a connection lands, with which probability, and why not elsewhere. */
export function ExplainView() {
  const t = useTranslations('explain')
  const { query } = usePageQuery()
  const { data, error, isPending, isFetching, refetch } = useExplanation(query)
  const asked = (query.focus?.kind === 'Service' || query.to) && (query.from || query.outside)
  return (
    <>
      <FlowBar target={data?.target} />
      <ScrollRegion
        aria-label={t('title')}
        aria-busy={isFetching}
        data-explained={data?.verdict}
        className="px-6 py-5 max-md:px-4"
      >
        {!asked ? (
          <Note text={t(query.focus?.kind === 'Service' || query.to ? 'chooseFrom' : 'nothingChosen')} />
        ) : error ? (
          <div role="alert" className="flex flex-col items-start gap-3">
            <Note text={t('failed', { message: error.message })} />
            <Button onClick={() => void refetch()}>{t('again')}</Button>
          </div>
        ) : isPending ? (
          <Note text={t('loading')} />
        ) : data ? (
          <Explained explanation={data} />
        ) : (
          <Note text={t('nothingChosen')} />
        )}
      </ScrollRegion>
    </>
  )
}

function Note({ text }: { text: string }) {
  const t = useTranslations('explain')
  return (
    <>
      <h1 className="text-title">{t('title')}</h1>
      <p className="text-text-2">{text}</p>
    </>
  )
}

function Explained({ explanation }: { explanation: Explanation }) {
  const t = useTranslations('explain')
  const { endpoints, deciders, hops, claims, target, openConnections, versions, sentence, knowledge } = explanation
  const chosen = endpoints.filter((endpoint) => endpoint.chosen)
  const [decider] = deciders
  return (
    <div className="mx-auto flex max-w-[1480px] flex-col gap-4">
      <VerdictHeader explanation={explanation} />
      <div className="grid grid-cols-[minmax(0,1.43fr)_minmax(0,1fr)] gap-3.5 max-xl:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-3.5">
          <HopList hops={hops} said={[sentence, knowledge.reason]} />
          <Deciders deciders={deciders} />
          <Candidates endpoints={chosen} from={deciders.length === 1 ? decider?.node : undefined} />
          <Excluded explanation={explanation} />
          <Reasons title={t('openConnections')} reasons={openConnections} />
          <Reasons title={t('versions')} reasons={versions} />
        </div>
        <div className="flex min-w-0 flex-col gap-3.5">
          {target && <AllSources target={target} from={decider} />}
          <Evidence claims={claims} />
        </div>
      </div>
    </div>
  )
}

function Reasons({ title, reasons }: { title: string; reasons: Explanation['versions'] }) {
  if (reasons.length === 0) return null
  return (
    <Panel title={title}>
      <ul className="flex flex-col gap-1.5">
        {reasons.map((reason) => (
          <li key={JSON.stringify(reason)} data-reason={reason.code}>
            <ReasonText reason={reason} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
