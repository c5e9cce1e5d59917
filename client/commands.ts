'use client'
// The few things a person can make the server do. Everything else only reads.

import { createContext, createElement, type ReactNode, useContext } from 'react'

export type Commands = {
  /** Reads another context of the kubeconfig from now on, for everybody who looks at this server. */
  switchContext(context: string): Promise<void>
  /** Makes the server ask its API server again at once, where it waits for its next try. */
  tryNow(): Promise<void>
  /** Changes the embedded cluster; other clusters refuse. */
  runDemo(action: string, args: DemoArguments): Promise<DemoOutcome>
}

export type DemoArguments = Readonly<Record<string, string | number | boolean>>

/** `problem` is a key of messages/en/errors.json. */
export type DemoOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: string; readonly values: Readonly<Record<string, string | number>> }

const CommandsContext = createContext<Commands | undefined>(undefined)

export function CommandsProvider(props: { commands: Commands; children: ReactNode }) {
  return createElement(CommandsContext, { value: props.commands }, props.children)
}

export function useCommands(): Commands {
  const commands = useContext(CommandsContext)
  if (!commands) throw new Error('CommandsProvider is missing above this component')
  return commands
}
