'use client'
// Who has an address, and how full the ranges are: decided on the server, which has the whole cluster. Asked again every few seconds.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AddressPage } from '@/core/addresses/types'
import { trpc } from './trpc'

const AGAIN_MS = 5000

/** `text` '' is the overview; `after`: how many owners of a range came on earlier pages. */
export function useAddresses(text: string, after: number) {
  return useQuery({
    queryKey: ['addresses', text, after],
    queryFn: ({ signal }): Promise<AddressPage> => trpc.addresses.page.query({ text, after }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  })
}
