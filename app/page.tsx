import { AppShell } from '@/components/shell/app-shell'
import { LiveRoot } from '@/components/shell/live-root'

export default function Page() {
  return (
    <LiveRoot>
      <AppShell />
    </LiveRoot>
  )
}
