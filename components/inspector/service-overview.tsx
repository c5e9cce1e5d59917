'use client'

import { Route } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import type { ServiceDetail } from '@/core/graph/types'
import { AddressLink } from '../addresses/address-link'
import { EntriesCount } from '../entries/entries-count'
import { ServicePolicies } from '../policy/service-policies'
import { Age } from '../ui/age'
import { Button } from '../ui/button'
import { SeverityGlyph } from '../ui/glyphs'
import { Kbd } from '../ui/kbd'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { matchedPods } from './endpoint-facts'
import { EndpointSummary } from './endpoint-summary'
import { FieldLegend } from './field-help'
import { Pairs } from './pairs'
import { Fact, Facts, FieldFact, ListFact, Section } from './section'
import { type ServiceParts, serviceField } from './service-parts'
import { ServicePorts } from './service-ports'
import { Steering } from './steering'
import { ZoneColumns } from './zone-columns'

/** Every field of the Service that kubectl shows, in the order of the questions one has. */
export function ServiceOverview(parts: ServiceParts) {
  const { service } = parts
  return (
    <>
      <Troubles service={service} />
      <ExplainLink />
      <ZoneColumns endpoints={parts.endpoints} />
      <Addresses service={service} />
      {service.type !== 'ExternalName' && <EndpointSummary {...parts} />}
      <Steering service={service} />
      <ServicePorts {...parts} />
      <ServicePolicies namespace={service.namespace} name={service.name} />
      <Outside service={service} />
      <Policies service={service} />
      <Identity {...parts} />
    </>
  )
}

function Troubles({ service }: { service: ServiceDetail }) {
  if (service.problems.length === 0) return null
  return (
    <ul className="border-b border-line">
      {service.problems.map(({ code, severity, reason }) => (
        <li
          key={`${code}/${reason.code}`}
          data-trouble={reason.code}
          className={
            severity === 'crit'
              ? 'flex items-start gap-3 bg-[color-mix(in_srgb,var(--crit)_10%,var(--surface))] px-5 py-2.5'
              : 'flex items-start gap-3 px-5 py-2.5'
          }
        >
          <SeverityGlyph severity={severity} size={15} className="mt-0.5" />
          <span className="min-w-0 wrap-anywhere">
            <ReasonText reason={reason} /> <WhyLink />
          </span>
        </li>
      ))}
    </ul>
  )
}

function ExplainLink() {
  const t = useTranslations('shell.route')
  const { change } = usePageQuery()
  return (
    <p className="border-b border-line px-5 py-3">
      <Button onClick={() => change({ view: 'explain', tab: undefined })}>
        <Route size={15} strokeWidth={1.75} aria-hidden="true" />
        {t('explain')}
        <Kbd>{'E'}</Kbd>
      </Button>
    </p>
  )
}

function WhyLink() {
  const t = useTranslations('problems')
  const { change } = usePageQuery()
  return (
    <button
      type="button"
      onClick={() => change({ tab: 'problems' })}
      className="min-h-6 text-text-2 underline decoration-line-2 underline-offset-2 hover:text-text max-md:min-h-11"
    >
      {t('why')}
    </button>
  )
}

function Addresses({ service }: { service: ServiceDetail }) {
  const t = useTranslations('inspector')
  const of = (field: string) => serviceField(service, field)
  return (
    <Section title={t('addresses')}>
      <Facts>
        <FieldFact name={t('type')} of={of('spec.type')} value={service.type} />
        <FieldFact name="clusterIP" of={of('spec.clusterIP')} value={service.clusterIP} mono />
        <ListFact name="clusterIPs" of={of('spec.clusterIPs')} values={service.clusterIPs} />
        <ListFact name="ipFamilies" of={of('spec.ipFamilies')} values={service.ipFamilies} />
        <FieldFact name="ipFamilyPolicy" of={of('spec.ipFamilyPolicy')} value={service.ipFamilyPolicy} />
        {service.type === 'ExternalName' && (
          <FieldFact name="externalName" of={of('spec.externalName')} value={service.externalName} mono />
        )}
        <Fact name={t('dns')} help={of('dns')}>
          <DataText className="font-mono wrap-anywhere">{`${service.name}.${service.namespace}.svc`}</DataText>
        </Fact>
      </Facts>
    </Section>
  )
}

function Outside({ service }: { service: ServiceDetail }) {
  const t = useTranslations('inspector')
  const of = (field: string) => serviceField(service, field)
  return (
    <Section title={t('outside')}>
      <Facts>
        <ListFact name="externalIPs" of={of('spec.externalIPs')} values={service.externalIPs} />
        {service.loadBalancerIngress.length === 0 && (
          <FieldFact name={t('ingress')} of={of('status.loadBalancer.ingress')} value={null} />
        )}
        {service.loadBalancerIngress.map(({ ip, hostname, ipMode }, i) => (
          <Fact key={`${ip}/${hostname}`} name={t('ingress')} help={of(ingress)}>
            <span className="flex flex-wrap gap-x-2">
              {ip !== null && (
                <AddressLink text={ip}>
                  <IngressValue service={service} field={`[${i}].ip`} value={ip} />
                </AddressLink>
              )}
              {hostname !== null && <IngressValue service={service} field={`[${i}].hostname`} value={hostname} />}
              {ipMode !== null && <IngressValue service={service} field={`[${i}].ipMode`} value={ipMode} />}
            </span>
          </Fact>
        ))}
        <ListFact
          name="loadBalancerSourceRanges"
          of={of('spec.loadBalancerSourceRanges')}
          values={service.loadBalancerSourceRanges}
        />
        <FieldFact name="loadBalancerClass" of={of('spec.loadBalancerClass')} value={service.loadBalancerClass} />
        <FieldFact
          name="allocateLoadBalancerNodePorts"
          of={of('spec.allocateLoadBalancerNodePorts')}
          value={service.allocateLoadBalancerNodePorts}
        />
        <FieldFact
          name="healthCheckNodePort"
          of={of('spec.healthCheckNodePort')}
          value={service.healthCheckNodePort}
          mono
        />
      </Facts>
      <EntriesCount namespace={service.namespace} name={service.name} />
      {service.loadBalancerIngress.length > 0 && (
        <FieldLegend kind="Service" fields={['ip', 'hostname', 'ipMode'].map((one) => `${ingress}[].${one}`)} />
      )}
    </Section>
  )
}

const ingress = 'status.loadBalancer.ingress'

function IngressValue({ service, field, value }: { service: ServiceDetail; field: string; value: string }) {
  const { kind, id } = serviceField(service, '')
  return (
    <span
      data-kind={kind}
      data-id={id}
      data-field={`status.loadBalancer.ingress${field}`}
      className="font-mono wrap-anywhere"
    >
      <DataText>{value}</DataText>
    </span>
  )
}

function Policies({ service }: { service: ServiceDetail }) {
  const t = useTranslations('inspector')
  const of = (field: string) => serviceField(service, field)
  return (
    <Section title={t('policies')}>
      <Facts>
        <FieldFact name="trafficDistribution" of={of('spec.trafficDistribution')} value={service.trafficDistribution} />
        <FieldFact
          name="internalTrafficPolicy"
          of={of('spec.internalTrafficPolicy')}
          value={service.internalTrafficPolicy}
        />
        <FieldFact
          name="externalTrafficPolicy"
          of={of('spec.externalTrafficPolicy')}
          value={service.externalTrafficPolicy}
        />
        <FieldFact name="sessionAffinity" of={of('spec.sessionAffinity')} value={service.sessionAffinity} />
        <FieldFact
          name={t('affinityTimeout')}
          of={of('spec.sessionAffinityConfig.clientIP.timeoutSeconds')}
          value={service.sessionAffinityTimeoutSeconds}
          mono
        />
        <FieldFact
          name="publishNotReadyAddresses"
          of={of('spec.publishNotReadyAddresses')}
          value={service.publishNotReadyAddresses}
        />
      </Facts>
    </Section>
  )
}

function Identity({ service, pods }: ServiceParts) {
  const t = useTranslations('inspector')
  const of = (field: string) => serviceField(service, field)
  const matched =
    service.selector && service.coverage.Pod === 'synced'
      ? t('matches', { count: matchedPods(service, pods).length })
      : undefined
  return (
    <>
      <Section title={t('selector')} aside={matched} help={of('spec.selector')}>
        {service.selector === null ? (
          <p className="text-text-2">{t('noSelector')}</p>
        ) : (
          <Pairs of={of('spec.selector')} pairs={service.selector} />
        )}
      </Section>
      <Section title={t('labels')} help={of('metadata.labels')}>
        <Pairs of={of('metadata.labels')} pairs={service.labels} />
      </Section>
      <Section title={t('annotations')} aside={t('annotationsKept')} help={of('metadata.annotations')}>
        <Pairs of={of('metadata.annotations')} pairs={service.annotations} />
      </Section>
      <Section title={t('object')} className="border-b-0">
        <Facts>
          <Fact name={t('created')} help={of('metadata.creationTimestamp')}>
            {service.createdAt === null ? t('notSet') : <Age at={service.createdAt} />}
          </Fact>
          <FieldFact name="uid" of={of('metadata.uid')} value={service.uid} mono />
        </Facts>
      </Section>
    </>
  )
}
