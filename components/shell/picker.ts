// How the two pickers of the focus bar look.
export const picker =
  'flex h-8 min-w-0 max-w-full items-center gap-2 rounded-button border border-line bg-sunken px-2.5 hover:border-line-2 max-md:min-h-11'
