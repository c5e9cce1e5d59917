'use client'

import { useTranslations } from 'next-intl'
import { isTooOften } from '@/client/query-client'
import { usePageQuery } from '@/client/url-state'
import { useExplanation } from '@/client/use-explanation'
import { useObject } from '@/client/use-graph'
import type { ShownExplanation } from '@/core/explain/shown'
import type { Explanation } from '@/core/explain/types'
import { serviceKey } from '@/core/model/keys'
import { Button } from '../ui/button'
import { ReasonText } from '../ui/reason'
import { ScrollRegion } from '../ui/scroll-region'
import { visibleText } from '../ui/visible-text'
import { AllSources } from './all-sources'
import { Candidates } from './candidates'
import { Deciders } from './deciders'
import { Evidence } from './evidence'
import { Excluded } from './excluded'
import { FlowBar } from './flow-bar'
import { HopList } from './hop-list'
import { Panel } from './panel'
import { Unled } from './unled'
import { VerdictHeader } from './verdict-header'

/** From here to there: where a connection lands, with which probability, and why not elsewhere. */
export function ExplainView() {
  const t = useTranslations('explain')
  const { query } = usePageQuery()
  const { data, error, failureReason, isPending, isFetching, refetch } = useExplanation(query)
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
          <Unasked />
        ) : error ? (
          <div role="alert" className="flex flex-col items-start gap-3">
            <Note text={t('failed', { message: error.message })} />
            <Button onClick={() => void refetch()}>{t('again')}</Button>
          </div>
        ) : isPending ? (
          <Note text={t(isTooOften(failureReason) ? 'waiting' : 'loading')} />
        ) : data ? (
          <Explained explanation={data} />
        ) : query.to?.port === undefined && query.to ? (
          <div className="flex flex-col gap-4">
            <Note text={t('unled.title', { name: visibleText(query.to.host) })} />
            <Unled to={query.to} />
          </div>
        ) : (
          <Note text={t('nothingChosen')} />
        )}
      </ScrollRegion>
    </>
  )
}

/** One end is missing. A Service alone can already be seen from every node. */
function Unasked() {
  const t = useTranslations('explain')
  const { query } = usePageQuery()
  const { focus, port: wanted, family } = query
  const service = useObject(
    'overview',
    focus?.kind === 'Service' ? `ServiceSummary:${focus.namespace}/${focus.name}` : undefined,
  )
  const ports = service?.kind === 'ServiceSummary' ? service.ports : []
  const port = ports.find(({ name, protocol }) => name === wanted?.name && protocol === wanted.protocol) ?? ports[0]
  const known = focus?.kind === 'Service' || query.to !== undefined
  return (
    <div className="mx-auto flex max-w-[1480px] flex-col gap-4">
      <Note text={t(known ? 'chooseFrom' : 'nothingChosen')} />
      {query.to && query.to.port === undefined && <Unled to={query.to} />}
      {service?.kind === 'ServiceSummary' && port && !query.to && (
        <div className="grid grid-cols-2 items-start gap-3.5 max-xl:grid-cols-1">
          <AllSources
            from={undefined}
            target={{
              service: serviceKey(service.namespace, service.name),
              port: `${port.name}/${port.protocol}`,
              family: family ?? (service.clusterIPs[0]?.includes(':') ? 'IPv6' : 'IPv4'),
              way: 'cluster-ip',
            }}
          />
        </div>
      )}
    </div>
  )
}

function Note({ text }: { text: string }) {
  const t = useTranslations('explain')
  return (
    <div>
      <h1 className="text-title">{t('title')}</h1>
      <p className="mt-1 text-text-2">{text}</p>
    </div>
  )
}

function Explained({ explanation }: { explanation: ShownExplanation }) {
  const t = useTranslations('explain')
  const { endpoints, deciders, counts, hops, claims, target, openConnections, versions, sentence, knowledge } =
    explanation
  const chosen = endpoints.filter((endpoint) => endpoint.chosen)
  const [decider] = deciders
  return (
    <div className="mx-auto flex max-w-[1480px] flex-col gap-4">
      <VerdictHeader explanation={explanation} />
      <div className="grid grid-cols-[minmax(0,1.43fr)_minmax(0,1fr)] gap-3.5 max-xl:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-3.5">
          <HopList hops={hops} said={[sentence, knowledge.reason]} />
          <Deciders deciders={deciders} count={counts.deciders} />
          <Candidates
            endpoints={chosen}
            explanation={explanation}
            from={deciders.length === 1 ? decider?.node : undefined}
          />
          <Excluded explanation={explanation} />
          <Reasons title={t('openConnections')} reasons={openConnections} />
          <Reasons title={t('versions')} reasons={versions} />
        </div>
        <div className="flex min-w-0 flex-col gap-3.5">
          {target && <AllSources target={target} from={decider} explanation={explanation} />}
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
