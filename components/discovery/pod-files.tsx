'use client'

import { useTranslations } from 'next-intl'
import type { HostsFile } from '@/core/discovery/hosts-file'
import type { ResolvConf } from '@/core/discovery/resolv-conf'
import { Fact, Facts } from '../inspector/section'
import { ReasonText } from '../ui/reason'
import { Notes } from './cluster-dns-facts'
import { DnsText } from './dns-text'

/** The hosts file, without the lines that every pod has. */
export function HostsLines({ hosts }: { hosts: HostsFile }) {
  const t = useTranslations('names')
  const lines = hosts.lines.filter(({ from }) => from !== 'every')
  return (
    <>
      {hosts.ofNode && <p className="mb-2 text-small text-text-2">{t('hostsOfNode')}</p>}
      <ul className="flex flex-col gap-1.5">
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file have no identity but their place
          <li key={at} data-hosts={line.from}>
            <DnsText className="text-text">{line.ip}</DnsText>{' '}
            {line.names.map((name) => (
              <span key={name}>
                <DnsText>{name}</DnsText>{' '}
              </span>
            ))}
            <span className="text-small text-text-3">{t(`hostsFrom.${line.from}`)}</span>
          </li>
        ))}
      </ul>
      {lines.length === 0 && !hosts.ofNode && <p className="text-small text-text-2">{t('hostsNone')}</p>}
    </>
  )
}

/** resolv.conf, line by line, and why it is so. */
export function ResolvConfLines({ conf }: { conf: ResolvConf }) {
  const t = useTranslations('names')
  const { servers, nodeServers, search, options } = conf
  return (
    <>
      <p className="mb-2 text-small text-text-2" data-reason={conf.reason.code}>
        <ReasonText reason={conf.reason} />
      </p>
      <Facts>
        <Fact name="nameserver" api>
          {nodeServers && <p className="text-text-2">{t('ofNode')}</p>}
          {servers.map((server) => (
            <p key={server}>
              <DnsText>{server}</DnsText>
            </p>
          ))}
          {servers.length === 0 && !nodeServers && t('notKnown')}
        </Fact>
        <Fact name="search" api>
          {search.map(({ from, domain }) => (
            <p key={domain ?? from} data-search={from}>
              {domain === undefined ? <span className="text-text-2">{t('ofNode')}</span> : <DnsText>{domain}</DnsText>}
            </p>
          ))}
          {search.length === 0 && t('none')}
        </Fact>
        <Fact name="options" api>
          {nodeServers && <p className="text-text-2">{t('ofNode')}</p>}
          {options.length > 0 && <DnsText>{options.join(' ')}</DnsText>}
          {options.length === 0 && !nodeServers && t('none')}
        </Fact>
      </Facts>
      <p className="mt-2 text-small text-text-2">
        {conf.ndots === undefined ? t('ndotsOfNode') : t('ndots', { count: conf.ndots })}
      </p>
      <Notes notes={conf.notes} />
    </>
  )
}
