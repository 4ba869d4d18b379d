/** What the examples use of frameworks that are too large to be installed for them, as their own documentation has it. */
declare module 'next/navigation' {
  export function usePathname(): string
  export function useParams(): Record<string, string | string[] | undefined>
}

declare module '$app/navigation' {
  export function afterNavigate(callback: () => void): void
}

declare module '$app/state' {
  export const page: { route: { id: string | null } }
}

declare module '@sveltejs/kit' {
  export type HandleClientError = (input: {
    error: unknown
    event: unknown
    status: number
    message: string
  }) => { message: string } | undefined
}

declare module 'react-router' {
  interface RouterState {
    navigation: { state: 'idle' | 'loading' | 'submitting' }
    matches: { route: { path?: string } }[]
  }
  export function createBrowserRouter(): {
    state: RouterState
    subscribe(changed: (state: RouterState) => void): () => void
  }
}
