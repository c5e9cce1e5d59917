'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { takeLaunchKey } from '@/client/launch-key'
import { signIn } from '@/client/sign-in'
import { CommandBlock } from '../ui/copy'
import { DoorFrame } from './door-frame'
import { Refusal, type Refused } from './refusal'

/** On this person's own machine: exchanges the key of the address they opened, or says how to get one. */
export function LaunchDoor() {
  const t = useTranslations('access.launch')
  const [state, setState] = useState<'looking' | 'no-key' | Refused>('looking')
  useEffect(() => {
    const key = takeLaunchKey()
    if (key === undefined) setState('no-key')
    else void signIn({ key }).then((result) => (result.ok ? location.reload() : setState(result)))
  }, [])
  if (state === 'looking') return <DoorFrame title={t('opening')}>{null}</DoorFrame>
  return (
    <DoorFrame title={t('title')}>
      {state !== 'no-key' && <Refusal refused={state} />}
      <p className="text-text-2">{t('why')}</p>
      <p className="text-text-2">{t('how')}</p>
      <CommandBlock command="npx triplane open" />
      <p className="text-small text-text-3">{t('terminal')}</p>
    </DoorFrame>
  )
}
