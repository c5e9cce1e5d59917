'use client'

import { Check, ChevronsUpDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCommands } from '@/client/commands'
import { useMay } from '@/client/use-session'
import type { ClusterStatus } from '@/core/graph/types'
import { DemoActions } from '../demo/demo-controls'
import { useCluster } from '../status/use-stream'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { DataText } from '../ui/value'
import { FamilySwitch } from './family-switch'
import { ThemeToggle } from './theme-toggle'

/** Which cluster this is, and the other contexts of the kubeconfig. */
export function ClusterMenu() {
  const t = useTranslations('shell.cluster')
  const cluster = useCluster()
  const mayAsk = useMay('cluster')
  if (!cluster) return <span className="min-w-0 truncate text-text-3 max-sm:sr-only">{t('waiting')}</span>
  return (
    <Popover>
      <PopoverTrigger asChild>
        <button
          type="button"
          aria-label={`${t('choose')}: ${cluster.name}`}
          className="flex h-8 min-w-0 items-center gap-2 rounded-button px-1 hover:bg-raised max-md:min-h-11"
        >
          <DataText className="truncate text-card">{cluster.name}</DataText>
          {cluster.version !== null && (
            <DataText className="font-mono text-small text-text-3 max-md:hidden">{cluster.version}</DataText>
          )}
          <ChevronsUpDown size={14} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
        </button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-80 p-2">
        <ClusterFacts cluster={cluster} />
        {mayAsk && cluster.contexts.length > 0 && <Contexts cluster={cluster} />}
        <PhoneExtras />
      </PopoverContent>
    </Popover>
  )
}

function ClusterFacts({ cluster }: { cluster: ClusterStatus }) {
  const t = useTranslations('shell.cluster')
  return (
    <div className="px-2 py-1.5">
      <p className="font-semibold">
        <DataText>{cluster.name}</DataText>
      </p>
      <p className="text-text-2">
        {cluster.source === 'embedded' ? t('simulatedMeaning') : t(`sources.${cluster.source}`)}
      </p>
      {cluster.namespaces.length > 0 && (
        <p className="mt-1 text-text-2 wrap-anywhere">
          {t('namespaces', { count: cluster.namespaces.length, names: cluster.namespaces.join(', ') })}
        </p>
      )}
    </div>
  )
}

/** What the bar of a phone has no room for. */
function PhoneExtras() {
  return (
    <div className="mt-2 border-t border-line px-2 pt-3 pb-1 md:hidden">
      <div className="flex items-center gap-3">
        <FamilySwitch />
        <ThemeToggle />
      </div>
      <DemoActions />
    </div>
  )
}

function Contexts({ cluster }: { cluster: ClusterStatus }) {
  const t = useTranslations('shell.cluster')
  const { switchContext } = useCommands()
  const [failed, setFailed] = useState(false)
  async function choose(context: string) {
    setFailed(false)
    await switchContext(context).catch(() => setFailed(true))
  }
  return (
    <div className="mt-1 border-t border-line pt-2">
      <p className="px-2 pb-1 text-caption text-text-3">{t('contexts')}</p>
      {cluster.contexts.map((context) => (
        <button
          key={context}
          type="button"
          aria-current={context === cluster.context}
          onClick={() => void choose(context)}
          className="flex w-full items-center gap-2 rounded-chip px-2 py-1.5 text-left hover:bg-raised max-md:min-h-11"
        >
          <Check
            size={14}
            strokeWidth={2}
            className={context === cluster.context ? 'shrink-0' : 'shrink-0 opacity-0'}
            aria-hidden="true"
          />
          <DataText className="min-w-0 wrap-anywhere">{context}</DataText>
        </button>
      ))}
      {failed && (
        <p role="alert" className="px-2 py-1 text-crit">
          {t('switchFailed')}
        </p>
      )}
    </div>
  )
}
