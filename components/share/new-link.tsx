'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId } from 'react'
import { linkOf } from '@/client/share-page'
import { trpc } from '@/client/trpc'
import { Button } from '../ui/button'
import { GoesOut } from './goes-out'
import { Refusal } from './refusal'
import { useWish } from './use-wish'
import { WishFields } from './wish-fields'

/** The form of a new link: what goes out is said before it is made. */
export function NewLink({ onMade }: { onMade: (link: string) => void }) {
  const t = useTranslations('share')
  const id = useId()
  const { wish, all, search, change } = useWish()
  const { label, namespaces, ...rest } = wish
  const asked = { ...rest, namespaces: [...namespaces], show: { ...rest.show, labels: labelsOf(rest.show) }, search }
  const make = useMutation({
    mutationFn: () => trpc.share.create.mutate({ ...asked, label }),
    onSuccess: (made) => onMade(linkOf(made)),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 p-5">
      <div>
        <label htmlFor={id} className="mb-1 block font-semibold">
          {t('wish.label')}
        </label>
        <input
          id={id}
          required
          maxLength={80}
          value={label}
          aria-describedby={`${id}-hint`}
          onChange={(event) => change({ label: event.target.value })}
          className="h-9 w-full rounded-button border border-line-2 bg-sunken px-2.5 max-md:h-11"
        />
        <p id={`${id}-hint`} className="mt-1 text-small text-text-2">
          {t('wish.labelHint')}
        </p>
      </div>
      <WishFields wish={wish} all={all} onChange={change} />
      <GoesOut asked={asked} />
      <Refusal error={make.error} />
      <p className="flex justify-end">
        <Button
          type="submit"
          look="primary"
          disabled={make.isPending || label.trim() === '' || namespaces.length === 0}
          className="h-9"
        >
          {make.isPending ? t('creating') : t('create')}
        </Button>
      </p>
    </form>
  )
}

const labelsOf = ({ labels }: { readonly labels: 'all' | readonly string[] }) =>
  labels === 'all' ? labels : [...labels]
