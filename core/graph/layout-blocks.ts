// Namespace blocks in the ClusterIP plane: every block holds its Services in columns, blocks stand on shelves, largest first.
// The same packing serves chips, one-line chips and cells; only the sizes differ.

import { type Rect, rect, type Size } from './layout-rect'

export type BlockInput = { readonly key: string; readonly count: number }

export type CellStyle = {
  /** Smallest width of one column; spare width is shared out evenly when `stretch` is set. */
  readonly width: number
  readonly height: number
  readonly gap: number
  readonly pad: number
  readonly header: number
  readonly minBlock: number
  readonly stretch: boolean
}

export type Block = {
  readonly key: string
  readonly rect: Rect
  readonly columns: number
  readonly rows: number
  /** Of one cell. */
  readonly cell: Size
  readonly style: CellStyle
}

export type ServiceTier = 'chip' | 'line' | 'cell'

/** Blocks on their shelves, relative to the plane, and how large a Service is drawn in them. */
export type Packing = { readonly blocks: readonly Block[]; readonly height: number; readonly tier: ServiceTier }

const BLOCK_GAP = 9

/** Is there any hope of packing so many cells of a style into an area? */
export function mayFit(blocks: readonly BlockInput[], area: Size, style: CellStyle): boolean {
  const count = blocks.reduce((sum, block) => sum + block.count, 0)
  return count * (style.width + style.gap) * (style.height + style.gap) <= area.width * area.height * 1.05
}

/** Packs blocks into `width`, trying column heights until everything fits; the least high packing wins. */
export function packBlocks(
  blocks: readonly BlockInput[],
  area: Size,
  style: CellStyle,
): { blocks: Block[]; height: number } {
  let best: { blocks: Block[]; height: number } | undefined
  const largest = blocks.reduce((most, block) => Math.max(most, block.count), 1)
  for (const rows of rowCandidates(largest)) {
    const packed = packShelves(blocks, area.width, { style, rows })
    if (best === undefined || packed.height < best.height) best = packed
    // Wide and short reads best: take the first packing that fits.
    if (rows >= 4 && best.height <= area.height) break
  }
  return best ?? { blocks: [], height: 0 }
}

function rowCandidates(largest: number): number[] {
  const rows: number[] = []
  for (let n = 1; n < largest; n = n < 8 ? n + 1 : Math.ceil(n * 1.3)) rows.push(n)
  return [...rows, largest]
}

function packShelves(blocks: readonly BlockInput[], width: number, how: { style: CellStyle; rows: number }) {
  const { style } = how
  const pitch = style.width + style.gap
  const inner = (columns: number) => Math.max(columns * pitch - style.gap + 2 * style.pad, style.minBlock)
  const maxColumns = Math.max(1, Math.floor((width - 2 * style.pad + style.gap) / pitch))
  const shelves: { key: string; columns: number; rows: number; width: number }[][] = []
  let free = 0
  for (const block of blocks) {
    const columns = Math.min(maxColumns, Math.max(1, Math.ceil(block.count / how.rows)))
    const size = { key: block.key, columns, rows: Math.max(1, Math.ceil(block.count / columns)), width: inner(columns) }
    const shelf = shelves[shelves.length - 1]
    if (shelf && size.width + BLOCK_GAP <= free) {
      shelf.push(size)
      free -= size.width + BLOCK_GAP
    } else {
      shelves.push([size])
      free = width - size.width
    }
  }
  return placeShelves(shelves, width, style)
}

function placeShelves(
  shelves: readonly (readonly { key: string; columns: number; rows: number; width: number }[])[],
  width: number,
  style: CellStyle,
) {
  const placed: Block[] = []
  let y = 0
  for (const [index, shelf] of shelves.entries()) {
    const rows = Math.max(...shelf.map((block) => block.rows))
    const height = style.header + rows * (style.height + style.gap) - style.gap + style.pad
    const used = shelf.reduce((sum, block) => sum + block.width, (shelf.length - 1) * BLOCK_GAP)
    const columns = shelf.reduce((sum, block) => sum + block.columns, 0)
    // A last shelf that is half empty stays ragged, so that its cards do not grow wider than the others'.
    const ragged = index > 0 && index === shelves.length - 1 && used < width * 0.72
    const extra = style.stretch && !ragged ? Math.max(0, (width - used) / columns) : 0
    let x = 0
    for (const block of shelf) {
      const blockWidth = block.width + extra * block.columns
      const cell = (blockWidth - 2 * style.pad + style.gap) / block.columns - style.gap
      placed.push({
        key: block.key,
        rect: rect(x, y, { width: blockWidth, height }),
        columns: block.columns,
        rows,
        cell: { width: style.stretch ? cell : style.width, height: style.height },
        style,
      })
      x += blockWidth + BLOCK_GAP
    }
    y += height + BLOCK_GAP
  }
  return { blocks: placed, height: Math.max(0, y - BLOCK_GAP) }
}

/** Place of a slot inside its block: columns are filled from the top, left to right. */
export function cellRect(block: Block, slot: number): Rect {
  const { style, cell } = block
  const column = Math.floor(slot / block.rows)
  const row = slot % block.rows
  return rect(
    block.rect.x + style.pad + column * (cell.width + style.gap),
    block.rect.y + style.header + row * (cell.height + style.gap),
    cell,
  )
}
