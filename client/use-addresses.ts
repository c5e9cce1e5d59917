'use client'
// Who has an address, and how full the ranges are: decided on the server, which has the whole cluster. Asked again now and then.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AddressPage } from '@/core/addresses/types'
import { trpc } from './trpc'

// The overview and a range read every object of the cluster, an address does not.
const AGAIN_MS = { address: 5000, refused: 60_000, range: 20_000, overview: 20_000 }

/** `text` '' is the overview; `after`: how many owners of a range came on earlier pages. */
export function useAddresses(text: string, after: number) {
  return useQuery({
    queryKey: ['addresses', text, after],
    queryFn: ({ signal }): Promise<AddressPage> => trpc.addresses.page.query({ text, after }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => AGAIN_MS[state.data?.kind ?? 'overview'],
  })
}
