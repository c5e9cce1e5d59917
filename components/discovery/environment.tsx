'use client'

import { useTranslations } from 'next-intl'
import type { ContainerEnvironment, ServiceEnvironment } from '@/core/discovery/pod-environment'
import { ObjectLink } from '../explain/object-link'
import { Section } from '../inspector/section'
import { Age } from '../ui/age'
import { CommandBlock } from '../ui/copy'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { DnsText } from './dns-text'

type EnvironmentProps = {
  readonly containers: readonly ContainerEnvironment[]
  readonly contested: readonly string[]
}

/** Which Services each container was told of when it started, and which it missed. */
export function Environment({ containers, contested }: EnvironmentProps) {
  const t = useTranslations('names')
  return (
    <Section title={t('environment')}>
      <p className="mb-3 text-small text-text-2">{t('environmentIs')}</p>
      {containers.map((one) => (
        <div key={one.container} className="mb-4" data-container={one.container}>
          <p>
            <DataText className="font-semibold wrap-anywhere">{one.container}</DataText>{' '}
            <span className="text-small text-text-2">
              {one.startedAt === undefined ? t('notRunning') : t('started')}
              {one.startedAt !== undefined && (
                <>
                  {' '}
                  <Age at={one.startedAt} />
                </>
              )}
            </span>
          </p>
          <p className="mb-2 text-small text-text-2">{t('environmentCounts', one.counts)}</p>
          <ul className="flex flex-col gap-2">
            {one.services.map((told) => (
              <Told key={told.service} told={told} />
            ))}
          </ul>
          <div className="mt-3">
            <CommandBlock command={one.command} />
          </div>
        </div>
      ))}
      {contested.length > 0 && (
        <p className="text-small text-text-2 wrap-anywhere">{t('contested', { names: contested.join(' ') })}</p>
      )}
    </Section>
  )
}

function Told({ told }: { told: ServiceEnvironment }) {
  const t = useTranslations('names')
  const { service, state, reason, variables, links } = told
  return (
    <li data-env={service} data-env-state={state}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <ObjectLink object={{ kind: 'Service', id: service }} />
        <span className={state === 'got' ? 'text-small text-text-3' : 'text-small text-warn'}>
          {t(`envState.${state}`)}
        </span>
      </p>
      {reason && (
        <p className="text-small text-text-2 wrap-anywhere" data-reason={reason.code}>
          <ReasonText reason={reason} />
        </p>
      )}
      {variables.length > 0 && (
        <details className="text-small">
          <summary className="min-h-6 cursor-pointer text-text-2 max-md:min-h-11">
            {t('variables', { count: variables.length + links.length })}
          </summary>
          {[...variables, ...links].map(({ name, value }) => (
            <p key={name}>
              <DnsText>{`${name}=${value}`}</DnsText>
            </p>
          ))}
        </details>
      )}
    </li>
  )
}
