import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import access from '../messages/en/access.json'
import errors from '../messages/en/errors.json'
import share from '../messages/en/share.json'
import status from '../messages/en/status.json'
import { anchorOf, readGuide } from './guide.mjs'
import { root } from './root'
import { readDocument } from './settings-table'

type Node = { type: string; id?: string; href?: string; [key: string]: unknown }

const files = readdirSync(join(root, 'docs', 'guide'))
const pages = new Map(files.map((file) => [file, readGuide(readDocument(`docs/guide/${file}`))]))

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf)
  if (typeof value !== 'object' || value === null) return []
  const node = value as Node
  return [...(typeof node.type === 'string' ? [node] : []), ...Object.values(node).flatMap(nodesOf)]
}

const anchorsOf = (file: string) =>
  nodesOf(pages.get(file)?.blocks).flatMap(({ type, id }) => (type === 'heading' && id ? [id] : []))

test.each(files)('every link of %s leads somewhere, and no anchor stands twice', (file) => {
  const broken = nodesOf(pages.get(file)?.blocks)
    .flatMap(({ type, href }) => (type === 'link' && href !== undefined ? [href] : []))
    .filter((href) => !href.startsWith('https://'))
    .filter((href) => {
      const [page = '', anchor] = href.split('#')
      const target = page === '' ? file : page
      return !pages.has(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor))
    })
  expect(broken).toEqual([])
  expect(new Set(anchorsOf(file)).size).toBe(anchorsOf(file).length)
})

test('the guide that is served has every page', () => {
  const served = readDocument('components/docs/guide.ts')
  expect(files.filter((file) => !served.includes(`'@/docs/guide/${file}'`))).toEqual([])
})

describe('every status text of the product has its place under troubleshooting', () => {
  const anchors = new Set(anchorsOf('troubleshooting.md'))
  test.each<[string, readonly string[]]>([
    ['words of the state', Object.keys(status.word)],
    ['reasons of a stream', Object.keys(status.reason)],
    ['faults of the API server', Object.keys(errors).filter((code) => !code.startsWith('demo-'))],
    ['refusals at the door', [...Object.keys(access.refused), 'locked', 'not-from-proxy', 'session-over']],
    [
      'ends of a share link',
      Object.entries(share.door).flatMap(([code, text]) => (typeof text === 'string' ? [] : [code])),
    ],
    ['refusals of a share link', Object.keys(share.refusal).filter((code) => code !== 'other')],
  ])('%s', (_, codes) => {
    expect(codes.filter((code) => !anchors.has(code))).toEqual([])
  })
})

describe('a page becomes data', () => {
  test('headings, text, code, lists and tables', () => {
    const { title, blocks } = readGuide(
      '# A & B\n\n## One `x`\n\nText **bold** [there](install.md#a).\n\n- a < b\n\n```\nx\n```\n\n| h |\n|---|\n| c |\n',
    )
    expect(title).toBe('A & B')
    expect(blocks.map(({ type }: { type: string }) => type)).toEqual(['heading', 'paragraph', 'list', 'code', 'table'])
    expect(blocks[0]).toMatchObject({ depth: 2, id: 'one-x' })
    expect(JSON.stringify(blocks[2])).toContain('a < b')
  })

  test.each([
    ['raw HTML', '# T\n\n<script>alert(1)</script>'],
    ['HTML in a line', '# T\n\na <b>b</b>'],
    ['a picture', '# T\n\n![x](https://evil.test/x.png)'],
    ['a script as a link', '# T\n\n[x](javascript:alert(1))'],
    ['a link without https', '# T\n\n[x](http://evil.test)'],
    ['a page without a title', 'text'],
  ])('[T15] %s is refused', (_, source) => {
    expect(() => readGuide(source)).toThrow()
  })

  test('anchors are words joined by dashes', () => {
    expect(anchorOf('HTTP/1.1, `code` & more')).toBe('http-1-1-code-more')
  })
})
