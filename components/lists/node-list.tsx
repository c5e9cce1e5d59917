'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { usePageFilter } from '@/client/use-page-filter'
import type { NodeSummary } from '@/core/graph/types'
import { NodeGlyph } from '../ui/glyphs'
import { ModeGlyph, modeShape } from '../ui/mode-glyph'
import { useModeText } from '../ui/mode-text'
import { Value } from '../ui/value'
import { type Column, DataTable } from './data-table'
import { filterNodes } from './filter'
import { ListHeader } from './list-header'

/** Every node as a row, with the mode its kube-proxy runs in. */
export function NodeList() {
  const t = useTranslations('lists')
  const overview = useOverview()
  const { query, change } = usePageQuery()
  const filter = usePageFilter()
  const rows = useMemo(() => filterNodes(overview?.nodes ?? [], filter), [overview?.nodes, filter])
  const columns = useNodeColumns()
  const total = overview?.nodes.length ?? 0
  const focus = query.focus
  return (
    <>
      <ListHeader title={t('nodes')} shown={rows.length} total={total} />
      <DataTable
        label={t('nodes')}
        rows={rows}
        columns={columns}
        rowId={(node) => node.id}
        groupOf={(node) => node.zone}
        isCurrent={(node) => focus?.kind === 'Node' && focus.name === node.name}
        onOpen={({ name }) => change({ focus: { kind: 'Node', name }, tab: undefined })}
        empty={!overview ? t('loading') : total === 0 ? t('noNodes') : t('noMatch')}
      />
    </>
  )
}

function useNodeColumns(): readonly Column<NodeSummary>[] {
  const t = useTranslations('lists')
  const modeText = useModeText()
  return useMemo(
    (): readonly Column<NodeSummary>[] => [
      {
        id: 'name',
        card: 'lead',
        title: t('col.node'),
        width: 'minmax(160px, 1.4fr)',
        sortBy: (node) => node.name,
        cell: (node) => (
          <span className="flex items-start gap-2">
            <NodeGlyph className="mt-1" />
            <Value of={field(node, 'metadata.name')} value={node.name} className="min-w-0 font-semibold" />
          </span>
        ),
      },
      {
        id: 'zone',
        card: 'lead',
        title: t('col.zone'),
        width: 'minmax(100px, 0.8fr)',
        sortBy: (node) => node.zone ?? '',
        cell: (node) => (
          <Value
            of={field(node, 'metadata.labels[topology.kubernetes.io/zone]')}
            value={node.zone}
            className="max-md:text-small max-md:text-text-2"
          />
        ),
      },
      {
        id: 'mode',
        card: 'side',
        title: t('col.mode'),
        width: 'minmax(150px, 1.2fr)',
        sortBy: (node) => modeText(node.proxyMode),
        cell: (node) => (
          <span className="flex items-center gap-2" data-proxy-mode={modeShape(node.proxyMode)}>
            <ModeGlyph shape={modeShape(node.proxyMode)} />
            <bdi className={node.proxyMode.state === 'unknown' ? 'text-warn' : 'min-w-0 wrap-anywhere'}>
              {modeText(node.proxyMode)}
            </bdi>
          </span>
        ),
      },
      {
        id: 'confidence',
        title: t('col.confidence'),
        width: 'minmax(90px, 0.7fr)',
        sortBy: (node) => node.proxyMode.confidence,
        cell: (node) => t(`confidence.${node.proxyMode.confidence}`),
      },
      {
        id: 'ready',
        title: t('col.nodeReady'),
        width: 'minmax(90px, 0.7fr)',
        sortBy: (node) => String(node.ready),
        cell: (node) => <NodeReady node={node} />,
      },
      {
        id: 'addresses',
        card: 'below',
        title: t('col.addresses'),
        width: 'minmax(170px, 1.4fr)',
        sortBy: (node) => node.addresses[0]?.address ?? '',
        cell: (node) =>
          node.addresses.map(({ type, address }, i) =>
            address === node.name ? null : (
              <span key={`${type}/${address}`} className="block text-small" title={type}>
                <Value of={field(node, `status.addresses[${i}].address`)} value={address} mono />
              </span>
            ),
          ),
      },
      {
        id: 'podCIDRs',
        title: t('col.podCIDRs'),
        width: 'minmax(140px, 1fr)',
        cell: (node) =>
          node.podCIDRs.length === 0 ? (
            <Value of={field(node, 'spec.podCIDRs')} value={null} />
          ) : (
            node.podCIDRs.map((cidr, i) => (
              <Value
                key={cidr}
                of={field(node, `spec.podCIDRs[${i}]`)}
                value={cidr}
                mono
                className="block text-small"
              />
            ))
          ),
      },
      {
        id: 'pods',
        title: t('col.pods'),
        width: '90px',
        numeric: true,
        sortBy: (node) => node.podCount,
        cell: (node) => (
          <span data-pods={node.podCount}>
            {node.allocatablePods === null ? node.podCount : `${node.podCount}/${node.allocatablePods}`}
          </span>
        ),
      },
      {
        id: 'version',
        title: t('col.version'),
        width: 'minmax(90px, 0.7fr)',
        sortBy: (node) => node.kubeletVersion ?? '',
        cell: (node) => (
          <Value
            of={field(node, 'status.nodeInfo.kubeletVersion')}
            value={node.kubeletVersion}
            mono
            className="text-small"
          />
        ),
      },
      {
        id: 'os',
        title: t('col.os'),
        width: 'minmax(80px, 0.6fr)',
        sortBy: (node) => node.os ?? '',
        cell: (node) => <Value of={field(node, 'status.nodeInfo.operatingSystem')} value={node.os} />,
      },
    ],
    [t, modeText],
  )
}

function field(node: NodeSummary, path: string) {
  return { kind: 'Node', id: node.name, field: path }
}

function NodeReady({ node }: { node: NodeSummary }) {
  const t = useTranslations('lists')
  const word = node.ready === null ? 'unknown' : node.ready ? 'ready' : 'notReady'
  return (
    <>
      <span className={node.ready === false ? 'text-bad' : undefined}>{t(`nodeReady.${word}`)}</span>
      {node.unschedulable && <span className="block text-small text-text-3">{t('cordoned')}</span>}
    </>
  )
}
