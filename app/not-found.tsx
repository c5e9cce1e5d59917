import { NothingHere } from '@/components/shell/nothing-here'

/** Next's own page for this would bring inline styles, which the page's policy stops. */
export default function NotFound() {
  return <NothingHere />
}
