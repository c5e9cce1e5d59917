// A page of docs/guide as plain data, made at build time: what Markdown says, without its syntax and without HTML. Components turn it
// into elements, so that no text of it can become markup.
import { marked } from 'marked'

/** Throws for what the pages have no element for: raw HTML, pictures, a page without a title. */
export function readGuide(source) {
  const blocks = marked.lexer(source.replace(/<!--[\s\S]*?-->\n?/g, '')).flatMap(block)
  const [title, ...rest] = blocks
  if (title?.type !== 'heading' || title.depth !== 1) throw new Error('a page begins with its title')
  return { title: textOf(title.content), blocks: rest }
}

/** The anchor of a heading: its words in small letters, joined by dashes. */
export const anchorOf = (text) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

function block(token) {
  switch (token.type) {
    case 'space':
      return []
    case 'heading': {
      const content = inlines(token.tokens)
      return [{ type: 'heading', depth: token.depth, id: anchorOf(textOf(content)), content }]
    }
    case 'paragraph':
    case 'text':
      return [{ type: 'paragraph', content: inlines(token.tokens) }]
    case 'code':
      return [{ type: 'code', text: token.text }]
    case 'list':
      return [{ type: 'list', ordered: token.ordered, items: token.items.map((item) => item.tokens.flatMap(block)) }]
    case 'table':
      return [
        {
          type: 'table',
          head: token.header.map((cell) => inlines(cell.tokens)),
          rows: token.rows.map((row) => row.map((cell) => inlines(cell.tokens))),
        },
      ]
    default:
      throw new Error(`no element for ${token.type}: ${token.raw.slice(0, 60)}`)
  }
}

const inlines = (tokens) => tokens.map(inline)

function inline(token) {
  switch (token.type) {
    case 'text':
    case 'escape':
      return unescaped(token.text)
    case 'codespan':
      return { type: 'code', content: [unescaped(token.text)] }
    case 'strong':
      return { type: 'strong', content: inlines(token.tokens) }
    case 'link':
      if (!/^(https:\/\/|[a-z-]+\.md(#[a-z0-9-]+)?$|#[a-z0-9-]+$)/.test(token.href))
        throw new Error(`a link to ${token.href}`)
      return { type: 'link', href: token.href, content: inlines(token.tokens) }
    default:
      throw new Error(`no element for ${token.type}: ${token.raw.slice(0, 60)}`)
  }
}

// The lexer leaves entities as they were written.
const unescaped = (text) => text.replace(/&(lt|gt|amp|quot|#39);/g, (_, name) => entities[name])
const entities = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }

/** The words of inline content. */
export const textOf = (content) => content.map((one) => (typeof one === 'string' ? one : textOf(one.content))).join('')
