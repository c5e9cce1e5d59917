// A page of the guide as the build made it (scripts/guide.mjs).

export type GuideInline =
  | string
  | { readonly type: 'code' | 'strong'; readonly content: readonly GuideInline[] }
  | { readonly type: 'link'; readonly href: string; readonly content: readonly GuideInline[] }

export type GuideBlock =
  | {
      readonly type: 'heading'
      readonly depth: number
      readonly id: string
      readonly content: readonly GuideInline[]
    }
  | { readonly type: 'paragraph'; readonly content: readonly GuideInline[] }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly GuideBlock[])[] }
  | {
      readonly type: 'table'
      readonly head: readonly (readonly GuideInline[])[]
      readonly rows: readonly (readonly (readonly GuideInline[])[])[]
    }

export type GuidePage = { readonly title: string; readonly blocks: readonly GuideBlock[] }
