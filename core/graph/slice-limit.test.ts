import { expect, test } from 'vitest'
import { endpoint, slice, slicePort } from '../testing/builders'
import { limitOfSlice, sliceLimit } from './slice-limit'

const slices = (sizes: readonly number[], over?: Parameters<typeof slice>[0]) =>
  sizes.map((size, index) =>
    slice({
      ...over,
      name: `s${index}-${over?.addressType ?? ''}`,
      endpoints: Array.from({ length: size }, (_, at) => endpoint(`10.${index}.0.${at}`)),
    }),
  )

test.each([
  { of: 'no slices', sizes: [], is: { value: 100, known: 'default' } },
  { of: 'one slice that is not full', sizes: [17], is: { value: 100, known: 'default' } },
  { of: '17 endpoints, 5 to a slice', sizes: [5, 5, 5, 2], is: { value: 5, known: 'inferred' } },
  { of: '7 endpoints, 5 to a slice', sizes: [5, 2], is: { value: 5, known: 'inferred' } },
  { of: '1,500 endpoints by the default', sizes: Array(15).fill(100), is: { value: 100, known: 'default' } },
  {
    of: '130 endpoints in two slices, as the default makes them',
    sizes: [70, 60],
    is: { value: 100, known: 'default' },
  },
  { of: 'fragments left by deletions', sizes: [10, 2, 1], is: { value: 100, known: 'default' } },
  { of: 'more than the default holds', sizes: [250], is: { value: 250, known: 'inferred' } },
  { of: 'a placeholder beside full slices', sizes: [5, 5, 0], is: { value: 5, known: 'inferred' } },
])('[G10] $of: $is.value ($is.known)', ({ sizes, is }) => {
  expect(sliceLimit(slices(sizes))).toEqual(is)
})

test('slices of other port maps, of other families and of other authors are no evidence', () => {
  const ports = [slicePort({ port: 9090 })]
  expect(sliceLimit([...slices([5]), ...slices([2], { ports })])).toEqual({ value: 100, known: 'default' })
  expect(sliceLimit([...slices([5]), ...slices([2], { addressType: 'IPv6' })])).toMatchObject({ known: 'default' })
  expect(sliceLimit(slices([500, 500], { managedBy: 'me' }))).toEqual({ value: 100, known: 'default' })
})

test.each([
  ['endpointslice-controller.k8s.io', 5],
  ['endpointslicemirroring-controller.k8s.io', 1000],
  ['me', 1000],
  [null, 1000],
  [undefined, 1000],
])('a slice of %s may hold %i where the controller packs 5', (managedBy, limit) => {
  expect(limitOfSlice({ managedBy }, 5)).toBe(limit)
})
