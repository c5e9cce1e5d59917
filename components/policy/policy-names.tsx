'use client'

import { useTranslations } from 'next-intl'
import { Fragment, useState } from 'react'
import { DataText } from '../ui/value'

const NAMED = 5

/** Names of policies, all of them: the first few at once, the others after a press. */
export function PolicyNames({ names }: { names: readonly string[] }) {
  const t = useTranslations('policy')
  const [all, setAll] = useState(false)
  const shown = all ? names : names.slice(0, NAMED)
  return (
    <span data-policy-names={names.length}>
      {shown.map((name, at) => (
        <Fragment key={name}>
          {at > 0 && ', '}
          <DataText className="font-mono text-small wrap-anywhere">{name}</DataText>
        </Fragment>
      ))}{' '}
      {names.length > NAMED && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="min-h-6 text-small underline decoration-line-2 underline-offset-2 hover:decoration-current max-md:min-h-11"
        >
          {t(all ? 'fewerNames' : 'allNames', { count: names.length })}
        </button>
      )}
    </span>
  )
}
