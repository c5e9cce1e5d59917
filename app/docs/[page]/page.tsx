import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { guide, guideEntries } from '@/components/docs/guide'
import { GuideFrame } from '@/components/docs/guide-frame'

type Props = { readonly params: Promise<{ readonly page: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = guide.get((await params).page)
  return page === undefined ? {} : { title: `${page.title} · Triplane` }
}

/** A page of the guide. Open to everybody in every mode: it says nothing of any cluster, and a locked Triplane needs it most. */
export default async function DocsGuidePage({ params }: Props) {
  const { page: current } = await params
  const page = guide.get(current)
  if (page === undefined) notFound()
  return <GuideFrame page={page} current={current} entries={guideEntries} />
}
