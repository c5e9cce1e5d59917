'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { type PodReadinessShown, usePodReadiness } from '@/client/use-readiness'
import type { GateReadiness } from '@/core/readiness/types'
import { Section } from '../inspector/section'
import { Age } from '../ui/age'
import { CommandBlock } from '../ui/copy'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { Causes } from './causes'
import { ContainerProbes } from './container-probes'
import { Moment } from './moment'
import { FallbackNote, Lag } from './standing'

/** Why a pod is ready or not: causes, probes, gates, what the slices of its Services make of it, and commands that show the same. */
export function PodReadinessSections({ namespace, name }: { namespace: string; name: string }) {
  const t = useTranslations('readiness')
  const { data, isError } = usePodReadiness({ namespace, name })
  if (!data) {
    return (
      <Section title={t('title')}>
        <p className="text-text-2">{isError ? t('failed') : t('loading')}</p>
      </Section>
    )
  }
  return (
    <>
      <Section title={t('title')} aside={<Since readiness={data} />}>
        <div className="flex flex-col gap-3" data-pod-ready={data.ready}>
          <Causes causes={data.causes} />
          {data.terminating && <Deleted deadline={data.terminating.deadline} />}
          <ul className="flex flex-col gap-2.5">
            {data.containers.map((container) => (
              <ContainerProbes key={container.name} container={container} />
            ))}
          </ul>
        </div>
      </Section>
      {data.gates.length > 0 && <Gates gates={data.gates} />}
      {data.services.length > 0 && <Standings readiness={data} />}
      <Section title={t('commands')}>
        <div className="flex flex-col gap-2">
          {data.commands.map((command) => (
            <CommandBlock key={command} command={command} />
          ))}
        </div>
      </Section>
    </>
  )
}

function Since({ readiness: { ready, since } }: { readiness: PodReadinessShown }) {
  const t = useTranslations('readiness')
  if (since === null) return t(ready ? 'ready' : 'notReady')
  return t.rich(ready ? 'readyFor' : 'notReadyFor', { age: () => <Age at={since} /> })
}

function Deleted({ deadline }: { deadline: number }) {
  const t = useTranslations('readiness')
  return <p className="text-text-2">{t.rich('deleted', { time: () => <Moment at={deadline} /> })}</p>
}

function Gates({ gates }: { gates: readonly GateReadiness[] }) {
  const t = useTranslations('readiness')
  return (
    <Section title={t('gates')}>
      <ul className="flex flex-col gap-1.5">
        {gates.map(({ type, status, reason, since }) => (
          <li key={type} data-gate={type} data-status={status} className="wrap-anywhere">
            <DataText className="font-mono">{type}</DataText>{' '}
            <span className="text-text-2">
              {status === 'missing' ? t('missing') : <DataText>{status}</DataText>}
              {reason !== null && (
                <>
                  {' '}
                  <DataText>{reason}</DataText>
                </>
              )}
              {since !== null && (
                <>
                  {', '}
                  <Age at={since} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-small text-text-3">{t('gatesMeaning')}</p>
    </Section>
  )
}

function Standings({ readiness }: { readiness: PodReadinessShown }) {
  const t = useTranslations('readiness')
  const { change } = usePageQuery()
  return (
    <Section title={t('asEndpoint')}>
      <ul className="flex flex-col gap-2.5">
        {readiness.services.map((one) => {
          const [namespace = '', name = ''] = one.service.split('/')
          return (
            <li key={`${one.slice}#${one.index}`} data-standing={one.state} data-service={one.service}>
              <button
                type="button"
                onClick={() => change({ focus: { kind: 'Service', namespace, name }, tab: 'endpoints' })}
                className="text-left underline decoration-line-2 underline-offset-2 hover:decoration-current"
              >
                <DataText className="wrap-anywhere">{one.service}</DataText>
              </button>{' '}
              <span className="text-text-2">{t(`state.${one.state}`)}</span>
              {one.why && one.state !== 'not-ready' && (
                <p className="text-small text-text-2 wrap-anywhere">
                  <ReasonText reason={one.why} />
                </p>
              )}
              {one.lag && <Lag lag={one.lag} />}
              {one.fallback && <FallbackNote fallback={one.fallback} />}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
