'use client'

import { Download, FlaskConical } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { basePath } from '@/client/base-path'
import { type DemoOutcome, useCommands } from '@/client/commands'
import { usePageQuery } from '@/client/url-state'
import { useDefaultFamily } from '@/client/use-family'
import { useOverview } from '@/client/use-overview'
import { useMay } from '@/client/use-session'
import type { NodeSummary } from '@/core/graph/types'
import type { IpFamily } from '@/core/model/records'
import { useCluster } from '../status/use-stream'
import { Button, LinkButton } from '../ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { useSentences } from '../ui/sentences'
import { type DemoAction, type DemoTargets, demoActions, demoTargets } from './actions'

/** Says that the cluster is simulated, and offers what can be done to it. In front of a real cluster it does not exist. */
export function DemoControls() {
  const t = useTranslations('demo')
  const cluster = useCluster()
  if (cluster?.source !== 'embedded') return null
  return (
    <Popover>
      <PopoverTrigger asChild>
        <button
          type="button"
          title={t('meaning')}
          className="flex h-7 shrink-0 items-center gap-1.5 rounded-chip border border-dashed border-line-2 px-2 text-small text-text-2 hover:bg-raised hover:text-text max-md:hidden"
        >
          <FlaskConical size={14} strokeWidth={1.75} aria-hidden="true" />
          {t('simulated')}
        </button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-88 p-4">
        <p className="text-text-2">{t('meaning')}</p>
        <DemoActions />
      </PopoverContent>
    </Popover>
  )
}

/** The actions alone, for where the label above them stands elsewhere. */
export function DemoActions() {
  const cluster = useCluster()
  const mayPlay = useMay('demo')
  return mayPlay && cluster && cluster.demoControls.length > 0 ? <Actions offered={cluster.demoControls} /> : null
}

function Actions({ offered }: { offered: readonly string[] }) {
  const t = useTranslations('demo')
  const action = useSentences('demo.action')
  const errors = useSentences('errors')
  const overview = useOverview()
  const { query } = usePageQuery()
  const family = useDefaultFamily()
  const { runDemo } = useCommands()
  const [chosen, setChosen] = useState<Partial<DemoTargets>>({})
  const [outcome, setOutcome] = useState<'running' | DemoOutcome>()
  if (!overview) return null
  const targets = { ...demoTargets(overview, query.focus), ...chosen }
  async function run(one: DemoAction) {
    setOutcome('running')
    const failed = (error: unknown): DemoOutcome => ({ ok: false, problem: String(error), values: {} })
    setOutcome(await runDemo(one.action, one.args).catch(failed))
  }
  const buttonsOf = (place: DemoAction['group']) =>
    demoActions(targets, overview)
      .filter((one) => one.group === place && offered.includes(one.action))
      .map((one) => (
        <Button
          key={one.id}
          data-demo={one.action}
          disabled={outcome === 'running'}
          onClick={() => void run(one)}
          className="h-7 px-2.5"
        >
          {action.has(one.id) ? action(one.id, one.values) : one.action}
        </Button>
      ))
  const problem = typeof outcome === 'object' && !outcome.ok ? outcome : undefined
  return (
    <div className="mt-3 flex flex-col gap-3">
      {(['service', 'node', 'zone'] as const).map((group) => (
        <fieldset key={group} className="min-w-0 border-t border-line pt-3">
          <label className="mb-2 flex items-center gap-3">
            <span className="w-16 shrink-0 text-text-2">{t(`target.${group}`)}</span>
            <select
              value={targets[group]}
              onChange={(event) => setChosen({ ...chosen, [group]: event.target.value })}
              className="h-8 min-w-0 flex-1 rounded-button border border-line bg-sunken px-2 max-md:h-11"
            >
              {targets.choices[group].map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <div className="flex flex-wrap gap-2">
            {buttonsOf(group)}
            {group === 'node' && (
              <DumpLink node={targets.node} nodes={overview.nodes} family={query.family ?? family} />
            )}
          </div>
        </fieldset>
      ))}
      <fieldset className="min-w-0 border-t border-line pt-3">
        <legend className="float-left mb-2 w-full text-text-2">{t('target.crds')}</legend>
        <div className="flex flex-wrap gap-2">{buttonsOf('crds')}</div>
      </fieldset>
      <p role="status" className={problem ? 'text-crit wrap-anywhere' : 'text-text-2'}>
        {problem && (errors.has(problem.problem) ? errors(problem.problem, problem.values) : problem.problem)}
        {typeof outcome === 'object' && outcome.ok && t('done')}
      </p>
    </div>
  )
}

type DumpLinkProps = { readonly node: string; readonly nodes: readonly NodeSummary[]; readonly family: IpFamily }

/** The node's rules as a file, as a person would fetch them from a real node. */
function DumpLink({ node, nodes, family }: DumpLinkProps) {
  const t = useTranslations('demo')
  const mode = nodes.find(({ name }) => name === node)?.proxyMode
  if (mode?.state !== 'mode' || mode.mode !== 'iptables') return null
  return (
    <LinkButton
      href={`${basePath}/api/demo/dump?node=${encodeURIComponent(node)}&family=${family}`}
      download
      data-demo="dump"
      className="h-7 px-2.5"
    >
      <Download size={14} strokeWidth={1.75} aria-hidden="true" />
      {t('dump', { program: family === 'IPv6' ? 'ip6tables-save' : 'iptables-save' })}
    </LinkButton>
  )
}
