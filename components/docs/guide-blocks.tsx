import clsx from 'clsx'
import type { ReactNode } from 'react'
import { basePath } from '@/client/base-path'
import words from '@/messages/en/docs.json'
import type { GuideBlock, GuideInline } from './guide-page'

/** The blocks of a page, in order. */
export function GuideBlocks({ blocks }: { blocks: readonly GuideBlock[] }) {
  return blocks.map((block, at) => <Block key={keyOf(at)} block={block} />)
}

function Block({ block }: { block: GuideBlock }): ReactNode {
  switch (block.type) {
    case 'heading':
      return <Heading block={block} />
    case 'paragraph':
      return (
        <p>
          <Inlines content={block.content} />
        </p>
      )
    case 'code':
      return (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-button border border-line bg-sunken p-3 text-small"
        >
          {block.text}
        </pre>
      )
    case 'list':
      return <List block={block} />
    case 'table':
      return <Table block={block} />
  }
}

// A heading leads to itself, so that its address can be copied.
function Heading({ block: { depth, id, content } }: { block: Extract<GuideBlock, { type: 'heading' }> }) {
  const Level = depth === 2 ? 'h2' : 'h3'
  return (
    <Level id={id} className={clsx('scroll-mt-6 font-semibold text-text', depth === 2 ? 'mt-6 text-title' : 'mt-3')}>
      <a href={`#${id}`} className="hover:underline">
        <Inlines content={content} />
      </a>
    </Level>
  )
}

function List({ block }: { block: Extract<GuideBlock, { type: 'list' }> }) {
  const Tag = block.ordered ? 'ol' : 'ul'
  return (
    <Tag className={clsx('flex flex-col gap-1.5 pl-5', block.ordered ? 'list-decimal' : 'list-disc')}>
      {block.items.map((item, at) => (
        <li key={keyOf(at)}>
          <GuideBlocks blocks={item} />
        </li>
      ))}
    </Tag>
  )
}

function Table({ block }: { block: Extract<GuideBlock, { type: 'table' }> }) {
  return (
    <section
      aria-label={`${words.table}: ${block.head.map(textOf).join(', ')}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-button border border-line"
    >
      <table className="w-full border-collapse text-left text-body">
        <thead className="bg-sunken">
          <tr>
            {block.head.map((cell, at) => (
              <th key={keyOf(at)} scope="col" className="px-3 py-2 font-semibold">
                <Inlines content={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, at) => (
            <tr key={keyOf(at)} className="border-t border-line">
              {row.map((cell, column) => (
                <td key={keyOf(column)} className="min-w-28 px-3 py-2 align-top">
                  <Inlines content={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Inlines({ content }: { content: readonly GuideInline[] }): ReactNode {
  return content.map((one, at) => <Inline key={keyOf(at)} one={one} />)
}

function Inline({ one }: { one: GuideInline }): ReactNode {
  if (typeof one === 'string') return one
  const inner = <Inlines content={one.content} />
  switch (one.type) {
    case 'strong':
      return <strong className="font-semibold text-text">{inner}</strong>
    case 'code':
      return <code className="rounded-segment bg-sunken px-1 py-0.5 text-[0.9em] wrap-anywhere">{inner}</code>
    case 'link':
      return (
        <a href={addressOf(one.href)} className="text-info underline underline-offset-2">
          {inner}
        </a>
      )
  }
}

const textOf = (content: readonly GuideInline[]): string =>
  content.map((one) => (typeof one === 'string' ? one : textOf(one.content))).join('')

// Pages name each other by their files, as on a code host.
function addressOf(href: string): string {
  const [, page, anchor = ''] = /^([a-z-]+)\.md(#.*)?$/.exec(href) ?? []
  return page === undefined ? href : `${basePath}/docs/${page}${anchor}`
}

// The pages are fixed when they are built: a place is a name.
const keyOf = (at: number) => `${at}`
