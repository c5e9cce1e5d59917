import { redirect } from 'next/navigation'

/** The guide begins with its first page. */
export default function DocsPage() {
  redirect('/docs/install')
}
