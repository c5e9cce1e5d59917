'use client'

import { useTranslations } from 'next-intl'
import { signOut } from '@/client/sign-in'
import { Button } from '../ui/button'
import { CommandBlock } from '../ui/copy'
import { DoorFrame } from './door-frame'
import { LaunchDoor } from './launch-door'
import { TokenDoor } from './token-door'

export type DoorProps = {
  /** TRIPLANE_AUTH as it came to be. */
  readonly mode: 'embedded' | 'local' | 'token' | 'proxy' | 'anonymous' | 'locked'
  /** Why the door is closed, as the server says it. */
  readonly code: string
  readonly tokenAudience: string
}

/** How to come in, or why nobody can. */
export function Door({ mode, code, tokenAudience }: DoorProps) {
  if (mode === 'locked') return <LockedDoor />
  if (code === 'sees-nothing') return <EmptyDoor mode={mode} />
  if (waiting.has(code)) return <WaitingDoor code={code} />
  if (mode === 'local') return <LaunchDoor />
  if (mode === 'token') return <TokenDoor audience={tokenAudience} isOver={code === 'session-over'} />
  return <ProxyDoor />
}

const waiting: ReadonlySet<string> = new Set(['cannot-check', 'review-forbidden'])

function LockedDoor() {
  const t = useTranslations('access.locked')
  return (
    <DoorFrame title={t('title')} wide>
      <p className="text-text-2">{t('why')}</p>
      <dl className="flex flex-col gap-4">
        {(['token', 'proxy', 'anonymous'] as const).map((mode) => (
          <div key={mode} className="flex flex-col gap-1.5">
            <dt className="text-text-2">{t(`ways.${mode}`)}</dt>
            <dd>
              <CommandBlock command={settingsOf[mode]} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-small text-text-3">{t('where')}</p>
    </DoorFrame>
  )
}

const settingsOf = {
  token: 'TRIPLANE_AUTH=token',
  proxy: 'TRIPLANE_AUTH=proxy\nTRIPLANE_PROXY_PEERS=10.0.0.0/8\nTRIPLANE_PROXY_SECRET_FILE=/etc/triplane/proxy-secret',
  anonymous: 'TRIPLANE_AUTH=anonymous\nTRIPLANE_ANONYMOUS_NAMESPACES=shop,payments',
} as const

function ProxyDoor() {
  const t = useTranslations('access.proxy')
  return (
    <DoorFrame title={t('title')}>
      <p className="text-text-2">{t('why')}</p>
      <Again />
    </DoorFrame>
  )
}

function WaitingDoor({ code }: { code: string }) {
  const t = useTranslations('access')
  return (
    <DoorFrame title={t('waiting.title')}>
      <p className="text-text-2">
        {t.has(`refused.${code}` as 'refused.cannot-check') && t(`refused.${code}` as 'refused.cannot-check')}
      </p>
      <Again />
    </DoorFrame>
  )
}

function EmptyDoor({ mode }: Pick<DoorProps, 'mode'>) {
  const t = useTranslations('access')
  return (
    <DoorFrame title={t('empty.title')}>
      <p className="text-text-2">{t('empty.why')}</p>
      <CommandBlock
        command={
          'kubectl auth can-i list services -n NAMESPACE --as USER\nkubectl auth can-i list endpointslices -n NAMESPACE --as USER'
        }
      />
      <p className="flex gap-2">
        <Button onClick={() => location.reload()}>{t('again')}</Button>
        {mode === 'token' && <Button onClick={() => void signOut()}>{t('person.signOut')}</Button>}
      </p>
    </DoorFrame>
  )
}

function Again() {
  const t = useTranslations('access')
  return (
    <p>
      <Button onClick={() => location.reload()}>{t('again')}</Button>
    </p>
  )
}
