'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useId, useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useLookUp } from '@/client/use-names'
import type { LookUp } from '@/core/discovery/look-up'
import { LONGEST_LOOK_UP } from '@/core/graph/page-query'
import { ObjectLink } from '../explain/object-link'
import { Section } from '../inspector/section'
import { Button } from '../ui/button'
import { CommandBlock } from '../ui/copy'
import { Notes } from './cluster-dns-facts'
import { DnsText } from './dns-text'
import { LookUpSteps } from './look-up-steps'

type FormProps = { readonly namespace: string; readonly name: string; readonly command: string }

/** Asks what a name comes to in this pod; what was asked is in the URL. */
export function LookUpForm({ namespace, name, command }: FormProps) {
  const t = useTranslations('names')
  const id = useId()
  const { query, change } = usePageQuery()
  const typed = query.lookUp
  const [text, setText] = useState(typed)
  useEffect(() => setText(typed), [typed])
  const { data, isError, isPlaceholderData } = useLookUp({ namespace, name }, typed)
  return (
    <Section title={t('lookUp')}>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          change({ lookUp: text.trim() })
        }}
      >
        <label htmlFor={id} className="w-full text-small text-text-2">
          {t('lookUpLabel')}
        </label>
        <input
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={LONGEST_LOOK_UP}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          placeholder={t('lookUpExample')}
          className="h-8 min-w-0 flex-1 rounded-button border border-line bg-surface px-2.5 font-mono text-small placeholder:text-text-3 max-md:h-11"
        />
        <Button type="submit">{t('ask')}</Button>
      </form>
      <div role="status" className="mt-3">
        {isError && <p className="text-text-2">{t('failed')}</p>}
        {typed !== '' && data && !isPlaceholderData && <Outcome found={data} />}
      </div>
      {typed !== '' && data && !isPlaceholderData && (
        <>
          <LookUpSteps steps={data.steps} />
          <Notes notes={data.notes} />
          {isPlain(data.typed) && (
            <div className="mt-3">
              <CommandBlock command={`${command} ${data.typed}`} />
            </div>
          )}
        </>
      )}
    </Section>
  )
}

// Anything else would have to be quoted for a shell.
const isPlain = (typed: string) => /^[A-Za-z0-9][\w.:-]*$/.test(typed)

function Outcome({ found }: { found: LookUp }) {
  const t = useTranslations('names')
  return (
    <div data-look-up={found.outcome}>
      <p className="font-semibold">
        {t(`outcome.${found.outcome}`)}
        {found.outcome === 'found' && found.questions > 0 && (
          <span className="font-normal text-text-3"> {t('questions', { count: found.questions })}</span>
        )}
      </p>
      {found.outcome === 'found' && (
        <ul>
          {found.addresses.map((address) => (
            <li key={address}>
              <DnsText>{address}</DnsText>
            </li>
          ))}
        </ul>
      )}
      {found.service !== undefined && (
        <p>
          <ObjectLink object={{ kind: 'Service', id: found.service }} />
        </p>
      )}
    </div>
  )
}
