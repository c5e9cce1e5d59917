import { describe, expect, test } from 'vitest'
import { canonicalRule } from './canonical'

describe('[R19] what kube-proxy writes and what the kernel gives back are one rule', () => {
  test.each([
    [
      'order, host mask and quotes',
      '-m comment --comment "shop/cart cluster IP" -m tcp -p tcp -d 10.96.0.10 --dport 80 -j KUBE-SVC-A',
      '-d 10.96.0.10/32 -p tcp -m comment --comment "shop/cart cluster IP" -m tcp --dport 80 -j KUBE-SVC-A',
    ],
    ['negation', '-d 127.0.0.0/8 ! -s 127.0.0.0/8 -j DROP', '! -s 127.0.0.0/8 -d 127.0.0.0/8 -j DROP'],
    ['IPv6 spelling', '-s fd00:0:0::1 -j X', '-s fd00::1/128 -j X'],
    [
      'the kernel keeps probabilities as multiples of 2^-31',
      '-m statistic --mode random --probability 0.3333333333 -j X',
      '-m statistic --mode random --probability 0.33333333349 -j X',
    ],
    [
      'recent',
      '-m recent --name K --rcheck --seconds 10800 --reap -j K',
      '-m recent --rcheck --seconds 10800 --reap --name K --mask 255.255.255.255 --rsource -j K',
    ],
    [
      'recent, IPv6',
      '-m recent --name K --set -j X',
      '-m recent --set --name K --mask ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff --rsource -j X',
    ],
    ['or-mark', '-j MARK --or-mark 0x00004000', '-j MARK --set-xmark 0x4000/0x4000'],
    ['xor-mark', '-j MARK --xor-mark 0x00004000', '-j MARK --set-xmark 0x4000/0x0'],
    ['set-mark', '-j MARK --set-mark 0x1', '-j MARK --set-xmark 0x1/0xffffffff'],
    ['mark', '-m mark ! --mark 0x00004000/0x00004000 -j RETURN', '-m mark ! --mark 0x4000/0x4000 -j RETURN'],
    ['reject', '-j REJECT', '-j REJECT --reject-with icmp-port-unreachable'],
    ['reject, IPv6', '-j REJECT', '-j REJECT --reject-with icmp6-port-unreachable'],
    [
      'states',
      '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      '-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT',
    ],
    ['counters', '-m nfacct --nfacct-name n -j DROP', '-j DROP'],
    ['source port choice', '-j MASQUERADE', '-j MASQUERADE --random-fully'],
    ['long names', '--source 10.0.0.1 --protocol tcp --jump X', '-s 10.0.0.1/32 -p tcp -j X'],
    ['everywhere', '-s 0.0.0.0/0 -j X', '-j X'],
    ['comments', '-m comment --comment a -j X', '-m comment --comment "b -j \\"Y\\"" -j X'],
  ])('%s', (_name, written, printed) => {
    expect(canonicalRule(printed).key).toBe(canonicalRule(written).key)
  })

  test.each([
    ['another address', '-d 10.0.0.1 -j X', '-d 10.0.0.2 -j X'],
    ['negation', '-d 10.0.0.1 -j X', '! -d 10.0.0.1 -j X'],
    ['nothing but everywhere', '! -s 0.0.0.0/0 -j X', '-j X'],
    ['another target', '-j X', '-j Y'],
    ['another chance', '--probability 0.5 -j X', '--probability 0.5000000010 -j X'],
    ['another mark', '-j MARK --or-mark 0x4000', '-j MARK --xor-mark 0x4000'],
    ['another answer', '-j REJECT', '-j REJECT --reject-with tcp-reset'],
    ['another mask', '--mask 255.255.255.0 -j X', '-j X'],
    ['another port', '-p tcp --dport 80', '-p tcp --dport 81'],
    ['something unknown', '-j X', '-m odd --flag 1 -j X'],
  ])('but not with %s', (_name, one, other) => {
    expect(canonicalRule(one).key).not.toBe(canonicalRule(other).key)
  })

  test.each([
    ['a long comment', `--comment "${'x'.repeat(2_000_000)}" -j X`],
    ['a quote that is not closed', `--comment "${'x '.repeat(1_000_000)}`],
    ['quotes', '" '.repeat(500_000)],
    ['backslashes and quotes', '\\" '.repeat(300_000)],
  ])('%s is read in little time', { timeout: 60_000 }, (_name, text) => {
    const from = performance.now()
    canonicalRule(text)
    expect(performance.now() - from).toBeLessThan(20_000)
  })

  test('keeps the comment, even one without quotes or with quotes inside', () => {
    expect(canonicalRule('-m comment --comment "say \\"hi\\"" -j X')).toMatchObject({
      comment: 'say "hi"',
      target: 'X',
    })
    expect(canonicalRule('-m comment --comment a b c -j X')).toMatchObject({ comment: 'a b c', target: 'X' })
    expect(canonicalRule('--comment "ends in \\\\" -j X')).toMatchObject({ comment: 'ends in \\', target: 'X' })
    expect(canonicalRule('--comment "open -j X').comment).toBe('"open')
    expect(canonicalRule('').target).toBe('')
  })
})
