'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../ui/button'

type MadeLinkProps = { readonly link: string; readonly onAnother: () => void }

/** The link, once: nothing on the server could tell it again. */
export function MadeLink({ link, onAnother }: MadeLinkProps) {
  const t = useTranslations('share.made')
  const heading = useRef<HTMLHeadingElement>(null)
  // Its form has gone, and the keyboard with it.
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="flex flex-col gap-3 p-5">
      <h3 ref={heading} tabIndex={-1} className="text-title outline-none">
        {t('title')}
      </h3>
      <LinkField link={link} />
      <p className="text-text-2">{t('once')}</p>
      <p>
        <Button onClick={onAnother}>{t('another')}</Button>
      </p>
    </div>
  )
}

/** A link in full, to be copied. */
export function LinkField({ link }: { link: string }) {
  const t = useTranslations('share.made')
  const shell = useTranslations('shell')
  const id = useId()
  const [copied, setCopied] = useState<'copied' | 'copyFailed'>()
  const copy = () =>
    void navigator.clipboard.writeText(link).then(
      () => setCopied('copied'),
      () => setCopied('copyFailed'),
    )
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="sr-only">
        {t('link')}
      </label>
      <input
        id={id}
        readOnly
        value={link}
        onFocus={(event) => event.currentTarget.select()}
        className="h-9 min-w-0 flex-1 rounded-button border border-line-2 bg-sunken px-2.5 font-mono text-small max-md:h-11"
      />
      <Button look="primary" onClick={copy} className="h-9">
        {copied === 'copied' ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
        {t('copy')}
        <span role="status" className="sr-only">
          {copied && shell(copied)}
        </span>
      </Button>
    </div>
  )
}
