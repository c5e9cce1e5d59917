import clsx from 'clsx'
import { Fragment, type ReactNode } from 'react'
import { AddressLink } from '../addresses/address-link'
import { type FieldOf, Value } from '../ui/value'
import { breaksOf } from './breaks'
import { FieldHelp } from './field-help'

type SectionProps = {
  readonly title: string
  readonly aside?: ReactNode
  /** The field that the whole section shows. */
  readonly help?: Help
  readonly children: ReactNode
  readonly className?: string
}

type Help = Pick<FieldOf, 'kind' | 'field'>

export function Section({ title, aside, help, children, className }: SectionProps) {
  return (
    <section className={clsx('border-b border-line px-5 py-4', className)}>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-3">
        <div className="flex items-center">
          <h3 className="text-caption text-text-3">{title}</h3>
          {help && <FieldHelp kind={help.kind} field={help.field} />}
        </div>
        {aside !== undefined && <span className="text-small text-text-3">{aside}</span>}
      </div>
      {children}
    </section>
  )
}

/** Names and values of fields, one per line. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[minmax(96px,34%)_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1.5">{children}</dl>
  )
}

type FactProps = {
  readonly name: string
  /** The name is the API's own spelling, which no catalogue translates. */
  readonly api?: boolean
  readonly help?: Help
  readonly children: ReactNode
}

/** One fact with its name, and what the field means that it shows. */
export function Fact({ name, api = false, help, children }: FactProps) {
  return (
    <>
      <dt className="text-text-2 wrap-break-word">
        <span translate={api ? 'no' : undefined}>
          <Breakable name={name} />
        </span>
        {help && <FieldHelp kind={help.kind} field={help.field} />}
      </dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}

// `publishNotReadyAddresses` is wider than its column: it is broken between its words, not inside one.
function Breakable({ name }: { name: string }) {
  return breaksOf(name).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one name never change places
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}

type FieldFactProps = {
  readonly name: string
  readonly of: FieldOf
  readonly value: string | number | boolean | null | undefined
  readonly mono?: boolean
}

/** One field with its name. */
export function FieldFact({ name, of, value, mono }: FieldFactProps) {
  return (
    <Fact name={name} api={of.field.endsWith(name) || of.field.endsWith(`[${name}]`)} help={of}>
      <Value of={of} value={value} mono={mono} />
    </Fact>
  )
}

type ListFactProps = {
  readonly name: string
  /** Its `field` is the list's; each entry is `field[i]`. */
  readonly of: FieldOf
  readonly values: readonly string[]
  /** Where the entries are objects: the field of each that is shown. */
  readonly item?: string
}

/** A list of addresses or names, one per line. */
export function ListFact({ name, of, values, item }: ListFactProps) {
  return (
    <Fact name={name} api={of.field.endsWith(name)} help={of}>
      {values.length === 0 && <Value of={of} value={null} />}
      {values.map((value, i) => (
        <span key={value} className="block">
          <AddressLink text={value}>
            <Value
              of={{ ...of, field: `${of.field}[${i}]${item === undefined ? '' : `.${item}`}` }}
              value={value}
              mono
            />
          </AddressLink>
        </span>
      ))}
    </Fact>
  )
}
