import { describe, expect, test } from 'vitest'
import { configMap } from '../testing/builders'
import { readArguments, readConfigFile } from './proxy-mode-settings'

describe('arguments', () => {
  test.each([
    ['a value behind =', ['--a=b'], [['a', 'b']]],
    ['an empty value', ['--a='], [['a', '']]],
    ['a value with =', ['--a=b=c'], [['a', 'b=c']]],
    ['a value as the next word', ['--a', 'b'], [['a', 'b']]],
    ['none at the end', ['--a'], [['a', 'true']]],
    [
      'none before another flag',
      ['--a', '--b=c-'],
      [
        ['a', 'true'],
        ['b', 'c-'],
      ],
    ],
    ['a value that ends in a dash', ['--a', 'b-'], [['a', 'b-']]],
    ['the last one counts', ['--a=b', '--a=c'], [['a', 'c']]],
    ['words of a shell line', ["exec  'kube-proxy'  --a='b' "], [['a', 'b']]],
    ['an empty word between a flag and its value', ['--a', '', 'b'], [['a', 'b']]],
    ['what is no flag', ['kube-proxy', '-v', '4', 'x--a=b', '--', '--='], []],
  ])('%s', (_, args, flags) => {
    expect([...readArguments(args).flags]).toEqual(flags)
  })

  test.each([
    ['no mode', [], 'default', ''],
    ['an empty one', ['--proxy-mode='], 'default', ''],
    ['one that is none', ['--proxy-mode=fast'], 'unreadable', 'fast'],
  ])('%s', (_, args, mode, text) => {
    expect(readArguments(args)).toMatchObject({ mode, text, readsFile: false, scheduler: 'rr' })
  })

  test.each(['iptables', 'ipvs', 'nftables', 'kernelspace', 'userspace'])('%s is a mode', (mode) => {
    expect(readArguments([`--proxy-mode=${mode}`])).toMatchObject({
      mode,
      text: mode,
      readsFile: false,
      scheduler: 'rr',
    })
  })

  test.each([
    ['', 'rr'],
    ['lc', 'lc'],
    ['of-my-own', null],
    ['LC', null],
    ['1lc', null],
    ['lc1', null],
    ['abcdefghijklmnopq', null],
  ])('scheduler %j is %s', (text, scheduler) => {
    expect(readArguments([`--ipvs-scheduler=${text}`]).scheduler).toBe(scheduler)
  })

  test('a file makes the others be ignored', () => {
    expect(readArguments(['--config=/x']).readsFile).toBe(true)
  })
})

describe('a configuration file', () => {
  const read = (file: string, key = 'config.conf') => readConfigFile(configMap({ data: { [key]: file } }))
  const ours = 'kind: KubeProxyConfiguration\n'

  test.each([
    ['a mode', `${ours}mode: nftables\n`, { mode: 'nftables', text: 'nftables', scheduler: 'rr' }],
    ['none', ours, { mode: 'default', text: '', scheduler: 'rr' }],
    ['a scheduler', `${ours}mode: ipvs\nipvs:\n  scheduler: lc\n`, { mode: 'ipvs', text: 'ipvs', scheduler: 'lc' }],
    [
      'a scheduler that cannot be read',
      `${ours}mode: ipvs\nipvs:\n  scheduler: [\n`,
      { mode: 'ipvs', scheduler: null },
    ],
  ])('%s', (_, file, expected) => {
    expect(read(file)).toMatchObject({ ...expected, file })
    expect(read(file, 'config')).toMatchObject({ ...expected, file })
  })

  test.each([
    ['of another kind', 'kind: KubeletConfiguration\nmode: ipvs\n'],
    ['of no kind', 'mode: ipvs\n'],
    ['of a kind that cannot be read', 'kind: [\nmode: ipvs\n'],
    ['with a mode that cannot be read', `${ours}mode: [\n`],
  ])('one %s says nothing', (_, file) => {
    expect(read(file)).toEqual({ mode: 'unreadable', text: '', scheduler: null, file: undefined })
  })

  test('another key holds none, asked once or twice', () => {
    const other = configMap({ data: { other: ours } })
    expect([readConfigFile(other), readConfigFile(other)]).toEqual([undefined, undefined])
  })

  test('the same ConfigMap is read once', () => {
    const one = configMap({ data: { config: ours } })
    expect(readConfigFile(one)).toBeDefined()
    expect(readConfigFile(one)).toBe(readConfigFile(one))
  })
})
