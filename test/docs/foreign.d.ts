/** What the examples use of frameworks that are too large to be installed for them, as their own documentation has it. */
declare module 'next/navigation' {
  export function usePathname(): string
  export function useParams(): Record<string, string | string[] | undefined>
}

declare module '$app/navigation' {
  export function afterNavigate(callback: (navigation: { to: { route: { id: string | null } } | null }) => void): void
}

declare module '@sveltejs/kit' {
  export type HandleClientError = (input: {
    error: unknown
    event: unknown
    status: number
    message: string
  }) => { message: string } | undefined
}
