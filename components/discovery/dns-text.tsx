import clsx from 'clsx'
import { Fragment } from 'react'
import { Shown } from '../ui/hidden-value'

/** A name, an address or a record, broken after its dots first; what is hidden in it stands as a bar. */
export function DnsText({ children, className }: { children: string; className?: string }) {
  return (
    <bdi className={clsx('font-mono text-small wrap-anywhere', className)}>
      {children.split(PIECES).map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
        <Fragment key={at}>
          {at > 0 && <wbr />}
          <Shown text={part} />
        </Fragment>
      ))}
    </bdi>
  )
}

const PIECES = /(?<=\.)/
