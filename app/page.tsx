import { AppShell } from '@/components/shell/app-shell'

export default function Page() {
  return <AppShell />
}
