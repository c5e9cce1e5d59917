'use client'

import { useTranslations } from 'next-intl'
import type { ContainerReadiness, ProbeTimes } from '@/core/readiness/types'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'

/** A container's probes with their rhythm, what they mean for connections, and how it ended the last time. */
export function ContainerProbes({ container }: { container: ContainerReadiness }) {
  const t = useTranslations('readiness')
  const { name, role, readinessProbe, startupProbe, notes, restartCount, lastEnd } = container
  if (role === 'init') return null
  return (
    <li data-container={name} data-probe={readinessProbe?.kind ?? 'none'}>
      <p>
        <DataText className="font-semibold wrap-anywhere">{name}</DataText>
        {restartCount !== null && restartCount > 0 && (
          <span className="text-small text-text-2">
            {' '}
            {t('restarts', { count: restartCount })}
            {lastEnd && (
              <>
                {', '}
                {t('lastEnd')} <DataText>{lastEnd.reason ?? ''}</DataText>
                {lastEnd.exitCode !== undefined && <> ({t('exitCode', { code: String(lastEnd.exitCode) })})</>}
              </>
            )}
          </span>
        )}
      </p>
      <ProbeLine title={t('probe')} probe={readinessProbe} />
      {startupProbe && <ProbeLine title={t('startup')} probe={startupProbe} isStartup />}
      {notes.map((note) => (
        <p key={note.code} className="mt-1 text-small text-text-2 wrap-anywhere">
          <ReasonText reason={note} />
        </p>
      ))}
    </li>
  )
}

type ProbeLineProps = { readonly title: string; readonly probe: ProbeTimes | null; readonly isStartup?: boolean }

function ProbeLine({ title, probe, isStartup = false }: ProbeLineProps) {
  const t = useTranslations('readiness')
  return (
    <p className="text-small wrap-anywhere">
      <span className="text-text-3">{title}</span>{' '}
      {probe === null ? (
        t('none')
      ) : (
        <>
          <DataText className="font-mono">{probe.kind}</DataText>
          {probe.port !== undefined && (
            <>
              {' '}
              {t('onPort')} <DataText className="font-mono">{String(probe.port)}</DataText>
            </>
          )}
          {', '}
          {t(isStartup ? 'startupRhythm' : 'rhythm', {
            period: probe.periodSeconds,
            timeout: probe.timeoutSeconds,
            failures: probe.failureThreshold,
            successes: probe.successThreshold,
            delay: probe.initialDelaySeconds,
          })}
        </>
      )}
    </p>
  )
}
