export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-flex min-w-5 items-center justify-center rounded-chip border border-line-2 bg-surface px-1.5 text-caption font-normal text-text-2">
      {children}
    </kbd>
  )
}
