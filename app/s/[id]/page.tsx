import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { SharePage } from '@/components/share/share-page'
import { isShareId } from '@/core/share/link'

export const dynamic = 'force-dynamic'

// The same for every link, there or not: whoever unfurls one learns nothing.
export const metadata: Metadata = {
  title: 'Triplane',
  description: null,
  robots: { index: false, follow: false, noarchive: true },
  referrer: 'no-referrer',
}

/** A shell without data: what stands behind the `#` of the address opens it, in the browser. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!isShareId(id)) notFound()
  return <SharePage id={id} />
}
