'use client'

import { ShieldQuestionMark } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useMatrix } from '@/client/use-explanation'
import type { ShownMatrix } from '@/core/explain/matrix-wire'
import type { ShownExplanation } from '@/core/explain/shown'
import type { Decider, FlowTarget } from '@/core/explain/types'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { visibleText } from '../ui/visible-text'
import { Choice } from './choice'
import { CutOff } from './cut-off'
import { NodeMatrix } from './node-matrix'
import { Panel } from './panel'
import { mayClose } from './reach-note'
import { ZoneMatrix } from './zone-matrix'

type MatrixTarget = Pick<FlowTarget, 'service' | 'port' | 'family' | 'way'>

type AllSourcesProps = {
  readonly target: MatrixTarget
  readonly from: Decider | undefined
  /** Of the chosen source. */
  readonly explanation?: ShownExplanation | undefined
}

/** The same Service port from everywhere: zone by zone, node by node, and who cannot reach it. */
export function AllSources({ target, from, explanation }: AllSourcesProps) {
  const t = useTranslations('explain')
  const [shape, setShape] = useState<'zones' | 'nodes'>('zones')
  const [side, setSide] = useState<'inside' | 'outside'>(() => sideOf(target))
  const { service, port, family } = target
  const { data, error } = useMatrix({ service, port, family, from: side })
  return (
    <>
      <Panel
        title={t('matrixOf')}
        aside={
          <span className="flex flex-wrap gap-2">
            <Choice
              label={t('matrixOf')}
              value={side}
              onChange={setSide}
              options={[
                ['inside', t('matrixInside')],
                ['outside', t('matrixOutside')],
              ]}
            />
            <Choice
              label={t('matrix')}
              value={shape}
              onChange={setShape}
              options={[
                ['zones', t('matrixZones')],
                ['nodes', t('matrixByNode')],
              ]}
            />
          </span>
        }
      >
        {data && !data.unserved && <ByRulesAlone matrix={data} />}
        {error ? (
          <p role="alert">{t('failed', { message: error.message })}</p>
        ) : !data ? (
          <p className="text-text-2">{t('loading')}</p>
        ) : data.unserved ? (
          <p className="text-text-2">
            <ReasonText reason={data.unserved} />
          </p>
        ) : shape === 'zones' ? (
          <ZoneMatrix matrix={data} from={from?.zone} explanation={explanation} />
        ) : (
          <NodeMatrix matrix={data} />
        )}
        {data && <Assumed matrix={data} />}
      </Panel>
      {data && !data.unserved && <CutOff matrix={data} side={side} explanation={explanation} />}
    </>
  )
}

/** The shares are what is chosen. Where policies have a say that stands above them, else below in passing. */
function ByRulesAlone({ matrix: { policies } }: { matrix: ShownMatrix }) {
  const t = useTranslations('explain')
  if (!mayClose(policies)) return <p className="mb-2 text-small text-text-2">{t('matrixWithoutPolicies')}</p>
  return (
    <p className="mb-2 flex items-start gap-2 text-text-2" data-chosen-alone={policies.closed}>
      <ShieldQuestionMark size={16} strokeWidth={1.75} className="mt-0.5 shrink-0" aria-hidden="true" />
      {t('matrixChosenAlone')}
    </p>
  )
}

const NAMED = 3

/** Nodes where another than a known kube-proxy decides: what stands for them is what kube-proxy would do. */
function Assumed({ matrix }: { matrix: ShownMatrix }) {
  const t = useTranslations('explain')
  return assumedNodes(matrix).map(([by, nodes]) => {
    const names = nodes.slice(0, NAMED).map(visibleText).join(', ')
    const values = { names, more: nodes.length > NAMED ? 'yes' : 'no' }
    return (
      <p
        key={by ?? ''}
        className="mt-2 flex items-start gap-2 text-text-2"
        data-assumed={nodes.length}
        data-replaced-by={by}
      >
        <SeverityGlyph severity="warn" className="mt-0.5" />
        {by === undefined ? t('assumedNodes', values) : t('replacedNodes', { ...values, by: visibleText(by) })}
      </p>
    )
  })
}

// By what replaces kube-proxy there; undefined where nothing is known.
function assumedNodes({ groups }: ShownMatrix): readonly (readonly [string | undefined, readonly string[]])[] {
  const found = new Map<string | undefined, readonly string[]>()
  for (const { knowledge, replacedBy, nodes } of groups) {
    if (knowledge === 'unknown') found.set(replacedBy, [...(found.get(replacedBy) ?? []), ...nodes])
  }
  return [...found]
}

const sideOf = ({ way }: MatrixTarget) =>
  way === 'node-port' || way === 'external-ip' || way === 'load-balancer-ip' ? 'outside' : 'inside'
