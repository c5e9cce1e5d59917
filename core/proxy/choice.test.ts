import { describe, expect, test } from 'vitest'
import { type Chooser, choiceOf } from './choice'

const by = (mode: Chooser['mode'], scheduler: string | null = null): Chooser => ({ mode, scheduler })

describe('[P31] who is taken', () => {
  test.each([
    [by('iptables'), 4, 'random', 0.25],
    [by('nftables'), 3, 'random', 1 / 3],
    [by('unknown'), 2, 'random', 0.5],
    [by('userspace'), 2, 'turns', 0.5],
    [by('kernelspace'), 2, 'by-client', 0.5],
    [by('ipvs'), 4, 'turns', 0.25],
    [by('ipvs', 'wrr'), 4, 'turns', 0.25],
    [by('ipvs', 'sh'), 4, 'by-client', 0.25],
    [by('ipvs', 'sh'), 256, 'by-client', 1 / 256],
    [by('ipvs', 'sh'), 257, 'by-client', undefined],
    [by('ipvs', 'mh'), 4, 'by-client', 0.25],
    [by('ipvs', 'dh'), 4, 'by-client', undefined],
    [by('ipvs', 'lc'), 4, 'by-state', undefined],
    [by('ipvs', 'sed'), 4, 'by-state', undefined],
    [by('ipvs', 'lblcr'), 4, 'by-state', undefined],
    [by('ipvs', 'of-my-own'), 4, 'by-state', undefined],
    [by('ipvs', 'lc'), 1, 'single', 1],
    [by('iptables'), 0, 'none', undefined],
  ] as const)('%j among %d: %s %s', (chooser, candidates, how, probability) => {
    expect(choiceOf(chooser, candidates, 0)).toMatchObject({ how, probability, affinity: undefined })
  })
})

test.each([
  [by('iptables'), 0, { code: 'choice-none', values: { candidates: 0 } }],
  [by('iptables'), 1, { code: 'choice-single', values: { candidates: 1 } }],
  [by('userspace'), 2, { code: 'choice-turns', values: { candidates: 2 } }],
  [by('kernelspace'), 2, { code: 'choice-hns-hash', values: { candidates: 2 } }],
  [by('nftables'), 2, { code: 'choice-random', values: { candidates: 2, mode: 'nftables' } }],
] as const)('[P31] why: %j among %d', (chooser, candidates, reason) => {
  expect(choiceOf(chooser, candidates, 0).reason).toEqual(reason)
})

describe('[P32] session affinity', () => {
  test.each([
    [by('iptables'), 3, { code: 'affinity-client-ip', values: { seconds: 600 } }],
    [by('ipvs'), 3, { code: 'affinity-client-ip-ipvs', values: { seconds: 600 } }],
    [by('kernelspace'), 3, { code: 'affinity-client-ip-hns', values: {} }],
    [by('iptables'), 0, undefined],
  ] as const)('%j among %d', (chooser, candidates, affinity) => {
    const choice = choiceOf(chooser, candidates, 600)
    expect(choice.affinity).toEqual(affinity)
    expect(choice.probability).toBe(choiceOf(chooser, candidates, 0).probability)
  })
})
