import type { ClusterView } from '../model/cluster-view'
import { readAsk } from './ask'
import { lookupAddress } from './lookup-address'
import { lookupRange } from './lookup-range'
import { addressOverview } from './overview'
import type { AddressPage, Knowledge } from './types'

export type AddressQuery = { readonly text: string; readonly after: number }

/** What the page of addresses shows for a text: the overview for none, one address, one range, or why it is neither. */
export function addressPage(view: ClusterView, query: AddressQuery, knowledge: Knowledge): AddressPage {
  const ask = readAsk(query.text)
  if (ask.kind === 'refused') return ask
  if (ask.kind === 'address') return lookupAddress(view, ask, knowledge)
  const range = ask.kind === 'range' ? lookupRange(view, ask, { knowledge, after: query.after }) : undefined
  return range ?? addressOverview(view, knowledge)
}
