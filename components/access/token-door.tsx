'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useRef, useState } from 'react'
import { signIn } from '@/client/sign-in'
import { Button } from '../ui/button'
import { CommandBlock } from '../ui/copy'
import { DoorFrame } from './door-frame'
import { Refusal, type Refused } from './refusal'

/** Where a Kubernetes token is pasted. It is sent once, to be checked, and kept nowhere. */
export function TokenDoor({ audience, isOver }: { audience: string; isOver: boolean }) {
  const t = useTranslations('access.token')
  const field = useId()
  // Not a controlled field: what is pasted before the page's script runs must stay.
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    const result = await signIn({ token: input.current?.value.trim() ?? '' })
    if (result.ok) return location.reload()
    setBusy(false)
    if (input.current) input.current.value = ''
    setRefused(result)
  }

  return (
    <DoorFrame title={t('title')}>
      {isOver && !refused && <p className="text-text-2">{t('over')}</p>}
      {refused && <Refusal refused={refused} />}
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        <label htmlFor={field} className="text-caption text-text-2">
          {t('label')}
        </label>
        <input
          id={field}
          type="password"
          required
          autoComplete="off"
          spellCheck={false}
          ref={input}
          className="h-10 w-full rounded-button border border-line-2 bg-sunken px-3 font-mono text-small max-md:h-11"
        />
        <Button type="submit" look="primary" disabled={busy} className="h-10">
          {t(busy ? 'checking' : 'submit')}
        </Button>
      </form>
      <div className="flex flex-col gap-2">
        <p className="text-text-2">{t('how')}</p>
        <CommandBlock command={`kubectl create token NAME --audience=${audience} -n NAMESPACE`} />
        <p className="text-small text-text-3">{t('kept')}</p>
      </div>
    </DoorFrame>
  )
}
