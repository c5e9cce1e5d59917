'use client'

import { useTranslations } from 'next-intl'
import { usePodNames } from '@/client/use-names'
import type { PodNamesShown } from '@/core/discovery/pod-names'
import { Section } from '../inspector/section'
import { CommandBlock } from '../ui/copy'
import { Asked } from './asked'
import { ClusterDnsFacts } from './cluster-dns-facts'
import { Environment } from './environment'
import { LookUpForm } from './look-up-form'
import { NameRowList } from './name-row-list'
import { HostsLines, ResolvConfLines } from './pod-files'

/** How names are resolved in a pod, what leads to it, and what its environment tells of Services. */
export function PodNamesTab({ namespace, name }: { namespace: string; name: string }) {
  const result = usePodNames({ namespace, name })
  return <Asked result={result}>{(names) => <Shown names={names} namespace={namespace} name={name} />}</Asked>
}

type ShownProps = { readonly names: PodNamesShown; readonly namespace: string; readonly name: string }

function Shown({ names, namespace, name }: ShownProps) {
  const t = useTranslations('names')
  return (
    <>
      <LookUpForm namespace={namespace} name={name} command={names.commands.lookUp} />
      <Section title={t('hosts')}>
        <HostsLines hosts={names.hosts} />
        <div className="mt-3">
          <CommandBlock command={names.commands.hosts} />
        </div>
      </Section>
      <Section title={t('conf')}>
        <ResolvConfLines conf={names.conf} />
        <div className="mt-3">
          <CommandBlock command={names.commands.conf} />
        </div>
      </Section>
      {names.own.length > 0 && (
        <Section title={t('own')}>
          <NameRowList rows={names.own} />
        </Section>
      )}
      <Environment containers={names.environment} contested={names.contested} />
      <ClusterDnsFacts dns={names.dns} />
    </>
  )
}
