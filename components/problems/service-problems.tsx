'use client'

import { Check, CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo } from 'react'
import { useOverview } from '@/client/use-overview'
import type { ServiceDetail } from '@/core/graph/types'
import type { Reason } from '@/core/model/reason'
import { isDeadSelector, labelCounts, withLabelCounts } from '@/core/problems/selector-labels'
import type { Problem } from '@/core/problems/types'
import { CommandBlock } from '../ui/copy'
import { ReasonText } from '../ui/reason'
import { ExplainProblem } from './explain-problem'
import { SeverityLabel } from './problem-columns'
import { ProblemFields } from './problem-fields'
import { Since } from './since'

const none: readonly Reason[] = []

/** What is wrong with a Service, explained: what happens, what shows it, what decides it, what to do, how to check it. */
export function ServiceProblems({ service }: { service: ServiceDetail }) {
  const { problems, coverage } = service
  const overview = useOverview()
  const dead = problems.some(isDeadSelector)
  const pods = dead ? overview?.pods : undefined
  const labels = useMemo(
    () => (pods ? labelCounts(service.selector ?? [], pods, service.namespace) : none),
    [pods, service.selector, service.namespace],
  )
  if (problems.length > 0) {
    return problems.map((problem) => (
      <ProblemArticle key={`${problem.code}/${problem.reason.code}`} problem={withLabelCounts(problem, labels)} />
    ))
  }
  return <NoProblem known={coverage.EndpointSlice === 'synced'} />
}

function ProblemArticle({ problem }: { problem: Problem }) {
  const t = useTranslations('problems')
  const { severity, reason, since, remedies, fields, commands, evidence } = problem
  return (
    <article data-problem={problem.code} data-severity={severity} className="border-b border-line">
      <header
        className={
          severity === 'crit'
            ? 'bg-[color-mix(in_srgb,var(--crit)_10%,var(--surface))] px-5 pt-4 pb-3.5'
            : 'px-5 pt-4 pb-1'
        }
      >
        <div className="flex items-start justify-between gap-4 text-small">
          <SeverityLabel severity={severity} />
          <span className="shrink-0">
            {since !== null && <span className="text-text-3">{t('sinceLabel')} </span>}
            {since !== null && <Since at={since} />}
          </span>
        </div>
        <h3 className="mt-1.5 text-card wrap-anywhere">
          <ReasonText reason={reason} />
        </h3>
      </header>
      <div className="flex flex-col gap-4 px-5 pt-3 pb-5">
        <ExplainProblem service={problem.object.id} />
        {remedies.length > 0 && (
          <Part title={t('remedy')}>
            {remedies.map((remedy) => (
              <p key={remedy.code} className="wrap-anywhere">
                <ReasonText reason={remedy} />
              </p>
            ))}
          </Part>
        )}
        {evidence.length > 0 && (
          <Part title={t('evidence')}>
            <ul className="flex flex-col gap-1.5">
              {evidence.map((one) => (
                <li key={`${one.code}/${JSON.stringify(one.values)}`} className="flex items-start gap-2 text-text-2">
                  <Check size={14} strokeWidth={2} aria-hidden="true" className="mt-0.75 shrink-0 text-stay" />
                  <span className="min-w-0 wrap-anywhere">
                    <ReasonText reason={one} />
                  </span>
                </li>
              ))}
            </ul>
          </Part>
        )}
        {fields.length > 0 && (
          <Part title={t('fields')}>
            <ProblemFields fields={fields} object={problem.object.id} />
          </Part>
        )}
        {commands.length > 0 && (
          <Part title={t('commands')}>
            <div className="flex flex-col gap-2">
              {commands.map((command) => (
                <CommandBlock key={command} command={command} />
              ))}
            </div>
          </Part>
        )}
      </div>
    </article>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h4 className="mb-1.5 text-caption text-text-3">{title}</h4>
      {children}
    </section>
  )
}

function NoProblem({ known }: { known: boolean }) {
  const t = useTranslations('problems')
  if (!known) return <p className="p-5 text-text-2">{t('unknownOfService')}</p>
  return (
    <div className="flex items-start gap-3 p-5">
      <CircleCheck size={18} strokeWidth={1.75} aria-hidden="true" className="mt-px shrink-0 text-stay" />
      <div>
        <p className="font-semibold">{t('noneOfService')}</p>
        <p className="mt-0.5 text-text-2">{t('noneOfServiceMeaning')}</p>
      </div>
    </div>
  )
}
