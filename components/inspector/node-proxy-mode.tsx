'use client'

import { ArrowLeftRight, Check, Minus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Confidence, NodeDetail, PodDetail, ProxyModeEvidence } from '@/core/graph/types'
import { quote } from '@/core/problems/commands'
import { Age } from '../ui/age'
import { CommandBlock } from '../ui/copy'
import { SeverityGlyph } from '../ui/glyphs'
import { ModeGlyph, modeShape } from '../ui/mode-glyph'
import { useModeText } from '../ui/mode-text'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { Section } from './section'

/** What mode kube-proxy runs in on this node, how sure that is, what speaks for and against it, and how to ask the proxy itself. */
export function NodeProxyMode({ node, pods }: { node: NodeDetail; pods: readonly PodDetail[] }) {
  const t = useTranslations('inspector')
  const modeText = useModeText()
  const verdict = node.proxyMode
  return (
    <>
      <Section title={t('proxyMode')}>
        <div
          className="flex flex-wrap items-center gap-3"
          data-proxy-mode={modeShape(verdict)}
          data-confidence={verdict.confidence}
        >
          <span className="flex size-9 shrink-0 items-center justify-center rounded-group border border-line-2 bg-sunken">
            <ModeGlyph shape={modeShape(verdict)} size={18} />
          </span>
          <span className="min-w-0 flex-1 text-title wrap-anywhere">
            <bdi>{modeText(verdict)}</bdi>
          </span>
          <ConfidenceBlocks confidence={verdict.confidence} />
        </div>
        {verdict.confidence !== 'confirmed' && <p className="mt-2 text-small text-text-3">{t('confirmedNeeds')}</p>}
        {node.contradictions.length > 0 && (
          <ul className="mt-3 flex flex-col gap-1.5">
            {node.contradictions.map((reason) => (
              <li key={reason.code} className="flex items-start gap-2" data-contradiction={reason.code}>
                <SeverityGlyph severity="warn" size={14} className="mt-0.5" />
                <span className="min-w-0 wrap-anywhere">
                  <ReasonText reason={reason} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('evidence')} aside={t('strongestFirst')}>
        {node.evidence.length === 0 && <p className="text-text-2">{t('noEvidence')}</p>}
        <ul>
          {strongestFirst(node.evidence).map((one) => (
            <Evidence
              key={`${one.source}/${one.object}/${one.reason.code}`}
              evidence={one}
              undecided={verdict.state === 'unknown'}
            />
          ))}
        </ul>
      </Section>
      <Section title={t('confirm')}>
        <CommandBlock command={confirmCommand(node, pods)} />
      </Section>
    </>
  )
}

/** 1 block unknown, 2 likely, 3 confirmed. */
function ConfidenceBlocks({ confidence }: { confidence: Confidence }) {
  const t = useTranslations('inspector.confidence')
  const filled = { unknown: 1, likely: 2, confirmed: 3 }[confidence]
  return (
    <span className="flex items-center gap-2 font-semibold">
      <svg viewBox="0 0 26 14" className="h-3.5 w-6.5 shrink-0" aria-hidden="true">
        {[0, 1, 2].map((i) => (
          <rect
            key={i}
            x={i * 9 + 0.5}
            y="0.5"
            width="6.5"
            height="13"
            rx="1.5"
            className={i < filled ? 'fill-ink stroke-ink' : 'fill-none stroke-text-3'}
          />
        ))}
      </svg>
      {t(confidence)}
    </span>
  )
}

/** Where nothing was concluded there is no "it" to speak for or against. */
function Evidence({ evidence, undecided }: { evidence: ProxyModeEvidence; undecided: boolean }) {
  const t = useTranslations('inspector')
  return (
    <li
      className="flex items-start gap-3 border-t border-line py-2.5 first:border-t-0 first:pt-0"
      data-evidence={evidence.source}
      data-weight={evidence.weight}
    >
      <span className="mt-0.5 w-4 shrink-0">
        {evidence.weight === 'for' && <Check size={15} strokeWidth={2} className="text-stay" aria-hidden="true" />}
        {evidence.weight === 'against' && (
          <ArrowLeftRight size={15} strokeWidth={2} className="text-warn" aria-hidden="true" />
        )}
        {evidence.weight === 'none' && (
          <Minus size={15} strokeWidth={1.75} className="text-text-3" aria-hidden="true" />
        )}
        <span className="sr-only">
          {t(undecided && evidence.weight !== 'none' ? 'weight.undecided' : `weight.${evidence.weight}`)}
        </span>
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline justify-between gap-x-3">
          <span className="min-w-0 font-semibold wrap-anywhere">
            {t(`source.${evidence.source}`)} {evidence.object !== '' && <DataText>{evidence.object}</DataText>}
          </span>
          {evidence.at !== null && <Age at={evidence.at} className="shrink-0 text-small text-text-3" />}
        </span>
        <span className="block text-text-2 wrap-anywhere">
          <ReasonText reason={evidence.reason} />
        </span>
      </span>
    </li>
  )
}

// The proxy's own answer, what it was started with, what it may have read, what would replace it, what the system allows.
const strength: readonly ProxyModeEvidence['source'][] = [
  'proxy-mode-endpoint',
  'pod',
  'configmap',
  'daemonset',
  'replacement',
  'node-os',
]

function strongestFirst(evidence: readonly ProxyModeEvidence[]): readonly ProxyModeEvidence[] {
  return [...evidence].sort((a, b) => strength.indexOf(a.source) - strength.indexOf(b.source))
}

// The proxy answers on loopback only; a port-forward to its pod reaches that. Without such a pod, the node itself must be asked.
function confirmCommand(node: NodeDetail, pods: readonly PodDetail[]): string {
  const proxy = pods.find((pod) => pod.name.startsWith('kube-proxy'))
  if (!proxy)
    return `kubectl debug ${quote(`node/${node.name}`)} -it --image=busybox -- \\\n  wget -qO- http://localhost:10249/proxyMode`
  return `kubectl -n ${quote(proxy.namespace)} port-forward ${quote(`pod/${proxy.name}`)} 10249 &\ncurl -s localhost:10249/proxyMode`
}
