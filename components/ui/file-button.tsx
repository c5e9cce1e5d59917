'use client'

import { FileUp } from 'lucide-react'

type FileButtonProps = { readonly label: string; readonly onFile: (file: File) => void }

/** A button that asks for a file of text. The same file can be chosen again. */
export function FileButton({ label, onFile }: FileButtonProps) {
  return (
    <label className="inline-flex h-8 cursor-pointer items-center gap-2 rounded-button border border-line bg-surface px-3 text-body whitespace-nowrap focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-ring hover:border-line-2 hover:bg-raised max-md:min-h-11">
      <FileUp size={15} strokeWidth={1.75} aria-hidden="true" />
      {label}
      <input
        type="file"
        className="sr-only"
        accept=".txt,.rules,.nft,.log,text/plain"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file) onFile(file)
          target.value = ''
        }}
      />
    </label>
  )
}
