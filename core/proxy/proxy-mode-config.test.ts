import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readList, readScalar } from './proxy-mode-config'

test.each([
  ['plain', 'mode: ipvs', 'ipvs'],
  ['double quotes', 'mode: "nftables"', 'nftables'],
  ['single quotes', "mode: 'iptables' # was ipvs", 'iptables'],
  ['empty quotes', 'mode: ""', ''],
  ['nothing', 'mode:', ''],
  ['a tilde', 'mode: ~', ''],
  ['null', 'mode: null', ''],
  ['a comment instead of a value', 'mode: # iptables', ''],
  ['a comment after it', 'mode: ipvs # or nftables', 'ipvs'],
  ['a quoted key', '"mode": ipvs', 'ipvs'],
  ['Windows line ends', 'kind: X\r\nmode: ipvs\r\n', 'ipvs'],
  ['JSON', '{"kind":"KubeProxyConfiguration","mode":"ipvs"}', 'ipvs'],
  ['a number in JSON', '{"mode": 7}', '7'],
  ['a list with commas', 'mode: 10.0.0.0/8,fd00::/48', '10.0.0.0/8,fd00::/48'],
  ['only a nested one', 'detectLocal:\n  mode: ipvs', undefined],
  ['only one in a list', '- mode: ipvs', undefined],
  ['only one in a text', 'note: |\n  mode: ipvs\n', undefined],
  ['only one in a comment', '# mode: ipvs', undefined],
  ['none', 'clusterCIDR: 10.0.0.0/8', undefined],
  ['a text that holds a colon', 'mode:ipvs', undefined],
  ['space before the colon', 'mode : ipvs', 'ipvs'],
  ['more spaces behind it', 'mode:   "ipvs"', 'ipvs'],
  ['more spaces before a comment', 'mode: ipvs   # or nftables', 'ipvs'],
  ['a value that ends in #', 'mode: ipvs #', 'ipvs'],
  ['an empty file', '', undefined],
])('mode as %s', (_name, file, text) => {
  expect(readScalar(file, ['mode'])).toEqual(text === undefined ? undefined : { text })
})

test.each([
  ['twice', 'mode: ipvs\nmode: iptables'],
  ['an alias', 'mode: *other'],
  ['an anchor', 'mode: &a ipvs'],
  ['a tag', 'mode: !!str ipvs'],
  ['a flow list', 'mode: [ipvs]'],
  ['a block text', 'mode: |\n  ipvs'],
  ['escapes', 'mode: "ip\\x76s"'],
  ['words', 'mode: ipvs or iptables'],
  ['broken JSON', '{"mode":'],
  ['an object in JSON', '{"mode": {}}'],
])('[K37] mode as %s is unreadable', (_name, file) => {
  expect(readScalar(file, ['mode'])).toBe('unreadable')
})

describe('a nested scalar keeps its place', () => {
  test.each([
    ['below an empty line', 'ipvs:\n\n  scheduler: lc', 'lc'],
    ['below a line of spaces', 'ipvs:\n \n  scheduler: lc', 'lc'],
    ['below a comment that stands further out', 'ipvs:\n# rr is the default\n  scheduler: lc', 'lc'],
    ['below an anchor whose name holds a bar', 'ipvs: &a>b\n  scheduler: lc', 'lc'],
    ['not in a literal text', 'ipvs: |\n  scheduler: lc', undefined],
    ['not in a folded one behind more spaces', 'ipvs:   >\n  scheduler: lc', undefined],
  ])('%s', (_, file, text) => {
    expect(readScalar(file, ['ipvs', 'scheduler'])).toEqual(text === undefined ? undefined : { text })
  })
})

test('a nested scalar, whatever stands around it', () => {
  const file =
    'ipvs:\n  # rr is the default\n  excludeCIDRs:\n    - 10.0.0.0/8\n  scheduler: "lc"\nnftables:\n  scheduler: none\n'
  expect(readScalar(file, ['ipvs', 'scheduler'])).toEqual({ text: 'lc' })
  expect(readScalar('antreaProxy:\n  enable: true\n  proxyAll: true\n', ['antreaProxy', 'proxyAll'])).toEqual({
    text: 'true',
  })
})

test('[K37] any text gives an answer', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => void readScalar(text, ['mode'])))
})

describe('a list', () => {
  const file = (value: string) => `kind: X\nnodePortAddresses:${value}\nmode: ipvs\n`
  test.each([
    ['items below the key', file('\n- 10.0.0.0/8\n- "fd00::/8" # own'), ['10.0.0.0/8', 'fd00::/8']],
    ['items further in', file('\n  # all\n  - primary\n'), ['primary']],
    ['in brackets', file(" [10.0.0.0/8, 'primary']"), ['10.0.0.0/8', 'primary']],
    ['empty brackets', file(' [] # none'), []],
    ['null', file(' null'), []],
    ['nothing', file(''), []],
    ['JSON', '{"nodePortAddresses": ["primary"]}', ['primary']],
    ['null in JSON', '{"nodePortAddresses": null}', []],
    ['no such key', 'kind: X', undefined],
    ['only a nested one', 'x:\n  nodePortAddresses: [a]', undefined],
    ['no such key in JSON', '{"kind": "X"}', undefined],
    ['a scalar', file(' primary'), 'unreadable'],
    ['items that are no scalars', file('\n- a: b c'), 'unreadable'],
    ['a mapping', file('\n  a: b'), 'unreadable'],
    ['twice', `${file(' [a]')}nodePortAddresses: [b]`, 'unreadable'],
    ['numbers in JSON', '{"nodePortAddresses": [1]}', 'unreadable'],
    ['broken JSON', '{"nodePortAddresses"', 'unreadable'],
  ])('%s', (_name, text, list) => {
    expect(readList(text, 'nodePortAddresses')).toEqual(list)
  })
})

describe('what surrounds a value', () => {
  test.each([
    ['JSON behind spaces', '  \n {"mode":"ipvs"}', 'ipvs'],
    ['null in JSON', '{"mode": null}', ''],
    ['false in JSON', '{"mode": false}', 'false'],
    ['a line that ends in #', 'mode: ipvs\nx: y #\n', 'ipvs'],
    ['a comment line with a pair', '# mode: ipvs\nmode: lc', 'lc'],
    ['an indented comment below a key', 'mode:  ipvs\n   # mode: x\n', 'ipvs'],
    ['an empty line in a literal text', 'text: |\n  mode: a\n\n  mode: b\nmode: ipvs', 'ipvs'],
    ['a folded text', 'text: >\n  mode: a\nmode: ipvs', 'ipvs'],
    ['a value with a bar is no literal text', 'text: a|b\n  x: y\nmode: ipvs', 'ipvs'],
    ['single quotes around a key', "'mode': ipvs", 'ipvs'],
    ['a double quote behind a plain value', 'mode: "ipvs"  # "x"', 'ipvs'],
    ['space behind a plain value', 'mode: ipvs   ', 'ipvs'],
  ])('%s', (_, file, text) => {
    expect(readScalar(file, ['mode'])).toEqual({ text })
  })

  test.each([
    ['text behind a quoted value', 'mode: "ipvs" x'],
    ['text before one', 'mode: x "ipvs"'],
    ['text behind a single-quoted value', "mode: 'ipvs' x"],
    ['text before that', "mode: x 'ipvs'"],
  ])('%s is unreadable', (_, file) => {
    expect(readScalar(file, ['mode'])).toBe('unreadable')
  })

  test.each([
    ['a path through a text in JSON', '{"ipvs":"x"}'],
    ['through null', '{"ipvs":null}'],
    ['through nothing', '{}'],
    ['of an inherited name', '{"ipvs":{}}'],
  ])('%s finds nothing', (_, file) => {
    expect(readScalar(file, ['ipvs', 'scheduler'])).toBeUndefined()
    expect(readScalar(file, ['ipvs', 'toString'])).toBeUndefined()
    expect(readScalar(file, ['ipvs', 'length'])).toBeUndefined()
  })

  test.each([
    ['JSON behind spaces', ' {"a":["x"]}', ['x']],
    ['a mix in JSON', '{"a":["x",1]}', 'unreadable'],
    ['a comment between items', 'a:\n- x\n# c\n\n- y\n', ['x', 'y']],
    ['an empty item', 'a:\n-\n- y\n', ['', 'y']],
    ['items of another key', 'b:\n- z\na:\n- x\n', ['x']],
    ['an item that starts with a dash of its own', 'a:\n  x - y\n', 'unreadable'],
    ['items behind one that cannot be read', 'a:\n- [x]\n- y\n', 'unreadable'],
    ['text behind brackets', 'a: [x] y\n', 'unreadable'],
    ['text before brackets', 'a: y [x]\n', 'unreadable'],
    ['brackets with a space', 'a: [ ]\n', []],
    ['a file that is one itself', '- [x]\n', undefined],
    ['a text that ends in a dash in place of an item', 'a:\n  xx-\n', 'unreadable'],
    ['a comment in place of a value', 'a: # none\n', []],
    ['a scalar', 'a: x\n', 'unreadable'],
    ['a scalar that cannot be read', 'a: {\n', 'unreadable'],
    ['one that cannot be read in brackets', 'a: [x, {]\n', 'unreadable'],
  ])('a list: %s', (_, file, expected) => {
    expect(readList(file, 'a')).toEqual(expected)
  })
})
