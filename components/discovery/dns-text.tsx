import clsx from 'clsx'
import { Fragment } from 'react'
import { DataText } from '../ui/value'

/** A name, an address or a record; what is hidden in it stands as a bar. */
export function DnsText({ children, className }: { children: string; className?: string }) {
  return (
    <span className={clsx('font-mono text-small wrap-anywhere', className)}>
      {children.split(STAND_IN).map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
        <Fragment key={at}>{part !== '' && <DataText>{part}</DataText>}</Fragment>
      ))}
    </span>
  )
}

const STAND_IN = /((?:ipv4|ipv6|host|node|name)~[0-9a-f]{12})/
